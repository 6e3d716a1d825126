import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialDatabase
import SpatialIndex
import Testing

/// What a tile says, in both of its forms.
@Suite struct TileContentsTests {
    private static let clusterProperties: Set = [
        "cluster", "cluster_id", "point_count", "point_count_abbreviated", "expansion_zoom",
    ]

    private func tile(_ zoom: Int, at place: Coordinate) throws -> TileAddress {
        let (x, y) = WebMercator.project(place)
        let side = Double(1 << zoom)
        return try TileAddress(zoom: zoom, column: Int(x * side), row: Int(y * side))
    }

    private func contents(_ address: TileAddress, _ fixture: LayerFixture) throws -> TileContents {
        TileContents(of: address, layer: "quartier", snapshot: try fixture.layer.snapshot)
    }

    /// One of each type around one place, large enough to be seen from zoom 12 on.
    private func everyType() throws -> [(name: String, publication: Publication)] {
        let corners = [place(2.37, 48.86), place(2.39, 48.86), place(2.39, 48.88), place(2.37, 48.86)]
        let line = try LineString([place(2.375, 48.865), place(2.385, 48.875)])
        let polygon = Polygon(exterior: try LinearRing(corners))
        let geometries: [Geometry] = [
            .point(place(2.3795, 48.868)), .multiPoint([place(2.371, 48.861), place(2.389, 48.879)]),
            .lineString(line), .multiLineString([line, line]), .polygon(polygon), .multiPolygon([polygon]),
            .geometryCollection([.point(corners[0]), .lineString(line), .polygon(polygon)]),
        ]
        return try geometries.enumerated().map { number, geometry in
            let contribution = try Contribution(title: geometry.typeName, themes: ["a", "b"], geometry: geometry)
            // The last 53 bits of the id are its number in vector tiles.
            let identifier = PublicIdentifier(bits: UInt128(7) << 100 | UInt128(number * 1_000 + 5))
            return (geometry.typeName, try PublishedFeature.publication(of: contribution, identifier: identifier))
        }
    }

    @Test("Both forms hold every type of geometry with its id and its properties", arguments: [17, 18])
    func bothFormsHoldEveryType(zoom: Int) async throws {
        let all = try everyType()
        let fixture = try await LayerFixture(all.map(\.publication))
        var (inGeoJSON, inVectors): (Set<String>, Set<String>) = ([], [])
        let box = BoundingBox(uncheckedWest: 2.37, south: 48.86, east: 2.39, north: 48.88)
        let (first, last) = (
            try tile(zoom, at: place(box.west, box.north)), try tile(zoom, at: place(box.east, box.south))
        )
        for column in first.column...last.column {
            for row in first.row...last.row {
                let contents = try contents(try TileAddress(zoom: zoom, column: column, row: row), fixture)
                let features = try GeoJSON.features(of: contents.geoJSON).map { try GeoJSONReader.feature(from: $0) }
                let decoded = try DecodedTile(try contents.vectorTile)
                for feature in features {
                    #expect(feature.geometry != nil)
                    #expect(feature.properties["theme"] == ["a", "b"])
                    inGeoJSON.insert(feature.identifier ?? "")
                }
                for feature in decoded.features {
                    #expect(feature.properties["theme"] == .text("a,b"))
                    #expect(!feature.commands.isEmpty && (1...3).contains(feature.type))
                    if case .text(let identifier)? = feature.properties["id"] { inVectors.insert(identifier) }
                }
                #expect(decoded.features.isEmpty == features.isEmpty)
            }
        }
        #expect(inGeoJSON == Set(all.map(\.publication.identifier.description)))
        #expect(inVectors == inGeoJSON)
    }

    @Test func numbersInVectorTilesAreTheSameAtEveryZoom() async throws {
        let all = try everyType()
        let point = all[0].publication
        let fixture = try await LayerFixture([point])
        for zoom in 0...22 {
            let address = try tile(zoom, at: place(2.3795, 48.868))
            let decoded = try DecodedTile(try contents(address, fixture).vectorTile)
            #expect(decoded.names == ["quartier"])
            #expect(decoded.features.map(\.number) == [5], "zoom \(zoom)")
            let features = try GeoJSON.features(of: contents(address, fixture).geoJSON)
            #expect(features.map { $0["id"]?.text } == [point.identifier.description], "zoom \(zoom)")
        }
    }

    @Test(
        "A point in a GeoJSON tile has as many decimals as the zoom needs",
        arguments: [(0, 2.4), (8, 2.3795), (22, 2.3795123)])
    func pointsHaveTheDecimalsOfTheirZoom(zoom: Int, longitude: Double) async throws {
        let exact = place(2.3795123, 48.8680456)
        let contribution = try Contribution(geometry: .point(exact))
        let fixture = try await LayerFixture([
            try PublishedFeature.publication(of: contribution, identifier: PublicIdentifier(bits: 1))
        ])
        let features = try GeoJSON.features(of: contents(try tile(zoom, at: exact), fixture).geoJSON)
        let found = try #require(features.first?["geometry"]?["coordinates"]?.array?.first?.double)
        #expect(abs(found - longitude) < 1e-9 || (zoom == 0 && abs(found - longitude) < 0.05), "\(found)")
    }

    @Test("Over all tiles of a zoom nothing is missing and nothing counted twice", arguments: [0, 1, 2, 3, 4])
    func nothingIsMissing(zoom: Int) async throws {
        var random = RandomContributions(seed: 51)
        let publications = try random.publications(200).filter { publication in
            guard let box = publication.contribution.geometry?.boundingBox else { return false }
            return abs(box.centre.latitude) < 84
        }
        let fixture = try await LayerFixture(publications)
        var (single, clusters): (Set<String>, [Int64: Int64]) = ([], [:])
        for column in 0..<(1 << zoom) {
            for row in 0..<(1 << zoom) {
                let contents = try contents(try TileAddress(zoom: zoom, column: column, row: row), fixture)
                let (features, vectors) = (
                    try GeoJSON.features(of: contents.geoJSON), try DecodedTile(try contents.vectorTile)
                )
                #expect(try Self.identities(features) == Self.identities(vectors), "zoom \(zoom), \(column)/\(row)")
                for feature in features {
                    guard let identifier = feature["properties"]?["cluster_id"]?.integer else {
                        single.insert(feature["id"]?.text ?? "")
                        continue
                    }
                    let count = feature["properties"]?["point_count"]?.integer ?? 0
                    #expect(clusters.updateValue(count, forKey: identifier) ?? count == count)
                }
            }
        }
        #expect(Int64(single.count) + clusters.values.reduce(0, +) == Int64(publications.count), "zoom \(zoom)")
        #expect(zoom > 2 || !clusters.isEmpty)
    }

    private static func identities(_ features: [JSONValue]) throws -> Set<String> {
        Set(
            features.compactMap { feature in
                feature["properties"]?["cluster_id"]?.integer.map { "cluster \($0)" } ?? feature["id"]?.text
            })
    }

    private static func identities(_ tile: DecodedTile) throws -> Set<String> {
        Set(
            tile.features.compactMap { feature in
                switch (feature.properties["cluster_id"], feature.properties["id"]) {
                case (.integer(let number)?, _): "cluster \(number)"
                case (_, .text(let identifier)?): identifier
                default: nil
                }
            })
    }

    @Test("An empty tile is an empty collection, and no byte at all as a vector tile")
    func anEmptyTileIsEmpty() async throws {
        let fixture = try await LayerFixture()
        let contents = try contents(try TileAddress(zoom: 3, column: 1, row: 1), fixture)
        #expect(contents.isEmpty)
        #expect(String(decoding: contents.geoJSON, as: UTF8.self) == #"{"type":"FeatureCollection","features":[]}"#)
        #expect(try contents.vectorTile.isEmpty)
    }

    @Test(
        "A cluster has exactly supercluster's properties and the zoom at which it opens",
        arguments: [
            (2, JSONValue.integer(2)), (950, 950), (999, 999), (1_000, "1k"), (1_234, "1.2k"), (9_949, "9.9k"),
        ])
    func clustersHaveExactlyTheirProperties(count: Int, abbreviated: JSONValue) throws {
        let snapshot = crowd(count, at: place(2.3795, 48.868))
        let address = try tile(10, at: place(2.3795, 48.868))
        let contents = TileContents(of: address, layer: "quartier", snapshot: snapshot)
        let cluster = try #require(try GeoJSON.features(of: contents.geoJSON).first)
        let properties = try #require(cluster["properties"]?.object)
        #expect(Set(properties.members.map(\.name)) == Self.clusterProperties)
        #expect(properties["cluster"] == true)
        #expect(properties["point_count"] == .integer(Int64(count)))
        #expect(properties["point_count_abbreviated"] == abbreviated)
        // At the very same place they never part before zoom 17, where nothing is clustered.
        #expect(properties["expansion_zoom"] == 17)
        #expect(cluster["id"] == properties["cluster_id"])
        let vector = try #require(try DecodedTile(contents.vectorTile).features.first)
        #expect(Set(vector.properties.keys) == Self.clusterProperties)
        #expect(vector.properties["cluster"] == .boolean(true))
        #expect(vector.properties["point_count"] == .integer(Int64(count)))
        #expect(properties["cluster_id"] == .integer(Int64(vector.number)))
    }

    private func crowd(_ count: Int, at place: Coordinate) -> IndexSnapshot {
        var packing = PackedIndexBuilder()
        for number in 0..<count {
            let text = Array(#"{"type":"Feature","properties":{}}"#.utf8)
            packing.append(
                IndexedFeature(
                    identifier: UInt128(number), geometry: .point(place), kind: 0, text: text, propertiesOffset: 31))
        }
        return IndexSnapshot(packing.build())
    }
}
