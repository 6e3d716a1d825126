import MapGeometry
import Testing

@testable import MapFormats

@Suite("Writing vector tiles")
struct VectorTileTests {
    private func at(_ x: Int32, _ y: Int32) -> TilePosition { TilePosition(x: x, y: y) }

    private func decode(_ shape: TileShape, _ properties: JSONObject = [:]) throws -> DecodedLayer? {
        let feature = VectorTileFeature(identifier: 7, shape: shape, properties: properties)
        return try DecodedLayer.layers(
            of: VectorTileWriter.bytes(of: [VectorTileLayer(name: "l", features: [feature])])
        ).first
    }

    @Test("the examples of the standard come out command by command")
    func standardExamples() {
        // MVT 2.1, section 4.3.5.
        #expect(VectorTileGeometry(.points([at(25, 17)])).commands == [9, 50, 34])
        #expect(VectorTileGeometry(.points([at(5, 7), at(3, 2)])).commands == [17, 10, 14, 3, 9])
        #expect(
            VectorTileGeometry(.lines([[at(2, 2), at(2, 10), at(10, 10)]])).commands == [9, 4, 4, 18, 0, 16, 16, 0])
        #expect(
            VectorTileGeometry(.lines([[at(2, 2), at(2, 10), at(10, 10)], [at(1, 1), at(3, 5)]])).commands
                == [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8])
        #expect(
            VectorTileGeometry(.polygons([[[at(3, 6), at(8, 12), at(20, 34)]]])).commands
                == [9, 6, 12, 18, 10, 12, 24, 44, 15])
        let second = [
            [at(11, 11), at(20, 11), at(20, 20), at(11, 20)], [at(13, 13), at(13, 17), at(17, 17), at(17, 13)],
        ]
        #expect(
            VectorTileGeometry(.polygons([[[at(0, 0), at(10, 0), at(10, 10), at(0, 10)]], second])).commands == [
                9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13, 26, 0, 8, 8, 0,
                0, 7, 15,
            ])
    }

    @Test("a layer has its version first, and its keys and values once")
    func layers() throws {
        let features = (0..<3).map { number in
            VectorTileFeature(
                identifier: UInt64(number) + 1 << 53, shape: .points([at(Int32(number), -64)]),
                properties: ["kind": "memory", "n": .integer(Int64(number / 2))])
        }
        let tile = VectorTileWriter.bytes(of: [
            VectorTileLayer(name: "quais", features: features), VectorTileLayer(name: "empty", features: []),
            VectorTileLayer(name: "second", extent: 512, features: [features[0]]),
        ])
        let layers = try DecodedLayer.layers(of: tile)
        #expect(layers.map(\.name) == ["quais", "second"])
        #expect(layers.map(\.version) == [2, 2])
        #expect(layers.map(\.extent) == [4096, 512])
        #expect(layers[0].fieldOrder.first == 15)
        #expect(layers[0].keys == ["kind", "n"])
        #expect(layers[0].values == [.string("memory"), .int(0), .int(1)])
        #expect(layers[0].features.map(\.identifier) == [1 << 53, 1 << 53 + 1, 1 << 53 + 2])
        #expect(layers[0].properties(of: layers[0].features[2]) == ["kind": .string("memory"), "n": .int(1)])
    }

    @Test("every kind of value round trips")
    func values() throws {
        let values: [VectorTileValue] = [
            .string(""), .string("été 🌳"), .double(-0.1), .double(.greatestFiniteMagnitude), .int(0), .int(.max),
            .int(.min), .int(-1), .uint(.max), .uint(0), .bool(true), .bool(false),
        ]
        let properties = values.enumerated().map { ("k\($0)", $1) } + [("k0", .bool(true))]
        let feature = VectorTileFeature(identifier: .max, shape: .points([at(1, 1)]), properties: properties)
        let layer = try #require(
            try DecodedLayer.layers(of: VectorTileWriter.bytes(of: [VectorTileLayer(name: "v", features: [feature])]))
                .first)
        let decoded = layer.properties(of: layer.features[0])
        for (index, value) in values.enumerated() { #expect(decoded["k\(index)"] == value) }
        #expect(layer.features[0].tags.count == 2 * values.count)
        #expect(layer.features[0].identifier == .max)
    }

    @Test("nested properties become text and null is left out")
    func nestedProperties() throws {
        let properties: JSONObject = [
            "theme": ["eau", "nuit"], "o": ["a": [1]], "none": nil, "empty": [], "half": 0.5, "flag": true,
            "nan": .number(.nan),
        ]
        let layer = try #require(try decode(.points([at(1, 1)]), properties))
        #expect(
            layer.properties(of: layer.features[0]) == [
                "theme": .string("eau,nuit"), "o": .string(#"{"a":[1]}"#), "half": .double(0.5), "flag": .bool(true),
            ])
    }

    @Test("shapes round trip")
    func shapes() throws {
        let points = try #require(try decode(.points([at(-64, 5000), at(0, 0)])))
        #expect(points.features[0].type == 1)
        #expect(try points.paths(of: points.features[0]).map(\.positions) == [[at(-64, 5000)], [at(0, 0)]])
        let extremes = try #require(try decode(.points([at(.max, .min), at(.min, .max)])))
        #expect(extremes.features[0].commands.count == 5)
        let ring = [at(0, 0), at(10, 0), at(10, 10)]
        let hole = [at(6, 2), at(8, 4), at(8, 2)]
        let polygon = try #require(try decode(.polygons([[ring, hole]])))
        #expect(polygon.features[0].type == 3)
        #expect(try polygon.paths(of: polygon.features[0]).map(\.positions) == [ring, hole])
        #expect(try polygon.paths(of: polygon.features[0]).allSatisfy(\.isClosed))
    }

    @Test("what a tile may not hold is left out")
    func degenerateShapes() throws {
        for shape: TileShape in [
            .points([]), .lines([]), .lines([[]]), .lines([[at(1, 1)]]), .lines([[at(1, 1), at(1, 1)]]), .polygons([]),
            .polygons([[]]), .polygons([[[]]]), .polygons([[[at(1, 1), at(2, 2), at(3, 3)]]]),
            .polygons([[[at(0, 0), at(5, 0), at(0, 0)], [at(0, 0), at(5, 0), at(5, 5)]]]),
        ] {
            #expect(try decode(shape) == nil, "\(shape)")
        }
        let line = try #require(try decode(.lines([[at(1, 1), at(1, 1), at(2, 1), at(2, 1)], [at(4, 4)]])))
        #expect(try line.paths(of: line.features[0]).map(\.positions) == [[at(1, 1), at(2, 1)]])
        let closed = try #require(
            try decode(.polygons([[[at(0, 0), at(4, 0), at(4, 4), at(0, 0)], [at(1, 1), at(2, 2)]]])))
        #expect(try closed.paths(of: closed.features[0]).map(\.positions) == [[at(0, 0), at(4, 0), at(4, 4)]])
        #expect(VectorTileWriter.bytes(of: []).isEmpty)
    }
}

extension DecodedLayer: Equatable {
    static func == (left: DecodedLayer, right: DecodedLayer) -> Bool {
        left.name == right.name && left.features == right.features
    }
}
