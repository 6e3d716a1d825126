import MapGeometry
import Testing

@Suite("Geometries")
struct GeometryTests {
    private let corners = [at(0, 0), at(4, 0), at(4, 3), at(0, 3)]

    /// One geometry of every type, none empty.
    private func samples() throws -> [Geometry] {
        let line = try LineString([at(1, 2), at(-3, 5)])
        let polygon = try Polygon(exterior: .square(0, 0, 9, 9), holes: [.square(1, 1, 2, 2)])
        return [
            .point(at(1, 2)), .multiPoint([at(1, 2), at(3, 4)]), .lineString(line), .multiLineString([line, line]),
            .polygon(polygon), .multiPolygon([polygon]), .geometryCollection([.point(at(1, 2)), .polygon(polygon)]),
        ]
    }

    @Test("a line has two positions or more")
    func shortLine() throws {
        #expect(throws: GeometryError.tooFewPositions(found: 1, needed: 2, shape: "LineString")) {
            try LineString([at(0, 0)])
        }
        #expect(try LineString([at(0, 0), at(0, 0)]).coordinates.count == 2)
    }

    @Test("a ring has four positions or more and ends where it starts")
    func openRing() throws {
        #expect(throws: GeometryError.tooFewPositions(found: 3, needed: 4, shape: "polygon ring")) {
            try LinearRing([at(0, 0), at(1, 0), at(0, 0)])
        }
        #expect(throws: GeometryError.ringNotClosed) { try LinearRing(corners) }
        #expect(try LinearRing(corners + [at(0, 0)]).coordinates.count == 5)
    }

    @Test("area is positive counterclockwise, in square degrees doubled")
    func signedArea() throws {
        #expect(try LinearRing.through(corners).doubledSignedArea == 24)
        #expect(try LinearRing.through(corners.reversed()).doubledSignedArea == -24)
        #expect(try LinearRing.through([at(0, 0), at(1, 1), at(2, 2)]).doubledSignedArea == 0)
    }

    @Test("the area of a courtyard far from Greenwich keeps its sign")
    func tinyArea() throws {
        let side = 1e-7
        let ring = try LinearRing.square(179.9, 89, 179.9 + side, 89 + side)
        #expect(ring.doubledSignedArea > 0)
        #expect(abs(ring.doubledSignedArea / (2 * side * side) - 1) < 1e-5)
    }

    @Test("a polygon's exterior runs counterclockwise and its holes clockwise, whichever way they came")
    func winding() throws {
        let exterior = try LinearRing.square(0, 0, 9, 9)
        let hole = try LinearRing.square(1, 1, 2, 2)
        let backwards = try Polygon(
            exterior: LinearRing(exterior.coordinates.reversed()), holes: [LinearRing(hole.coordinates.reversed())])
        #expect(backwards == Polygon(exterior: exterior, holes: [hole]))
        #expect(backwards.rings.map { $0.doubledSignedArea > 0 } == [true, false])
    }

    @Test("a ring without area stays as it is")
    func flatRing() throws {
        let flat = try LinearRing.through([at(0, 0), at(1, 0), at(2, 0)])
        #expect(flat.wound(counterclockwise: true) == flat && flat.wound(counterclockwise: false) == flat)
    }

    @Test("types have the names that GeoJSON gives them")
    func typeNames() throws {
        #expect(
            try samples().map(\.typeName) == [
                "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
            ])
    }

    @Test("the bounding box is the smallest around every position")
    func boundingBoxes() throws {
        let boxes = try samples().map(\.boundingBox)
        func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> BoundingBox {
            BoundingBox(uncheckedWest: west, south: south, east: east, north: north)
        }
        #expect(
            boxes == [
                box(1, 2, 1, 2), box(1, 2, 3, 4), box(-3, 2, 1, 5), box(-3, 2, 1, 5), box(0, 0, 9, 9), box(0, 0, 9, 9),
                box(0, 0, 9, 9),
            ])
    }

    @Test("a bounding box never crosses the antimeridian: parts on both sides make it span the world")
    func boundingBoxAcross() throws {
        let both = Geometry.multiPoint([at(179, 0), at(-179, 1)])
        #expect(both.boundingBox == BoundingBox(uncheckedWest: -179, south: 0, east: 179, north: 1))
    }

    @Test(
        "empty collections are empty at any depth and have no box",
        arguments: [
            Geometry.multiPoint([]), .multiLineString([]), .multiPolygon([]), .geometryCollection([]),
            .geometryCollection([.multiPoint([]), .geometryCollection([])]),
        ])
    func emptyGeometries(geometry: Geometry) {
        #expect(geometry.isEmpty && geometry.boundingBox == nil && geometry.simpleParts.isEmpty)
        #expect(!geometry.intersects(.world) && !geometry.covers(at(0, 0)))
        #expect(!Geometry.geometryCollection([geometry, .point(at(0, 0))]).isEmpty)
    }

    @Test("every position is visited, holes and closing positions included")
    func visits() throws {
        let counts = try samples().map { geometry in
            var count = 0
            geometry.forEachCoordinate { _ in count += 1 }
            return count
        }
        #expect(counts == [1, 2, 2, 4, 10, 10, 11])
    }

    @Test("mapping moves every position and keeps the shape")
    func maps() throws {
        for geometry in try samples() {
            let moved = geometry.mapCoordinates { at($0.longitude + 10, $0.latitude - 20) }
            #expect(moved != geometry && moved.typeName == geometry.typeName)
            #expect(moved.mapCoordinates { at($0.longitude - 10, $0.latitude + 20) } == geometry)
        }
    }

    @Test("mapping that mirrors a polygon winds it again")
    func mirrors() throws {
        let polygon = try Polygon(exterior: .square(1, 1, 9, 9), holes: [.square(2, 2, 3, 3)])
        guard case .polygon(let mirrored) = Geometry.polygon(polygon).mapCoordinates({ at(-$0.longitude, $0.latitude) })
        else {
            Issue.record("a polygon stays one")
            return
        }
        #expect(mirrored.exterior.doubledSignedArea == polygon.exterior.doubledSignedArea)
        #expect(mirrored.holes[0].doubledSignedArea == polygon.holes[0].doubledSignedArea)
    }
}
