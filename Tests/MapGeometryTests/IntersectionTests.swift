import MapGeometry
import Testing

@Suite("Geometries and boxes")
struct IntersectionTests {
    private func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> BoundingBox {
        BoundingBox(uncheckedWest: west, south: south, east: east, north: north)
    }

    @Test("a line that passes a box's corner meets it only when it touches")
    func corners() throws {
        let line = Geometry.lineString(try LineString([at(0, 4), at(4, 0)]))
        #expect(line.intersects(box(2, 2, 3, 3)))
        #expect(line.intersects(box(1, 1, 2, 2)))
        #expect(!line.intersects(box(2.1, 2, 3, 3)))
        #expect(!line.intersects(box(0, 0, 1.9, 1.9)))
    }

    @Test("a box inside a hole meets nothing until it reaches the hole's edge")
    func holes() throws {
        let polygon = Geometry.polygon(try Polygon(exterior: .square(0, 0, 10, 10), holes: [.square(2, 2, 8, 8)]))
        #expect(!polygon.intersects(box(3, 3, 7, 7)))
        #expect(polygon.intersects(box(3, 3, 8, 7)))
        #expect(polygon.intersects(box(0.5, 0.5, 1, 1)))
        #expect(!polygon.covers(at(5, 5)) && polygon.covers(at(8, 5)) && polygon.covers(at(9, 5)))
    }

    @Test("a polygon around the box and a box around the polygon meet")
    func nested() throws {
        let polygon = Geometry.polygon(try Polygon(exterior: .square(2, 2, 4, 4)))
        #expect(polygon.intersects(box(2.5, 2.5, 3, 3)) && polygon.intersects(box(0, 0, 9, 9)))
        #expect(polygon.intersects(box(4, 4, 5, 5)) && !polygon.intersects(box(4.1, 4, 5, 5)))
    }

    @Test("what touches −180 meets a box that ends at 180, and the other way round")
    func antimeridian() throws {
        let east = Geometry.polygon(try Polygon(exterior: .square(170, 0, 180, 10)))
        let west = Geometry.lineString(try LineString([at(-180, 0), at(-170, 10)]))
        #expect(east.intersects(box(-180, 0, -175, 1)) && west.intersects(box(175, 0, 180, 1)))
        #expect(east.intersects(box(175, 2, -175, 3)) && west.intersects(box(175, 2, -175, 3)))
        #expect(!east.intersects(box(-179, 0, -175, 1)) && !west.intersects(box(175, 1, 180, 2)))
        #expect(!east.intersects(box(0, 2, 20, 3)))
    }

    @Test("one member that meets is enough for a collection")
    func collections() throws {
        let line = try LineString([at(50, 50), at(60, 60)])
        let collection = Geometry.geometryCollection([
            .multiPoint([at(-10, 0), at(5, 5)]), .geometryCollection([.multiLineString([line])]),
            .multiPolygon([try Polygon(exterior: .square(20, 20, 30, 30))]),
        ])
        for meeting in [box(4, 4, 5, 5), box(55, 54, 57, 56), box(22, 22, 23, 23)] {
            #expect(collection.intersects(meeting))
        }
        #expect(!collection.intersects(box(40, 40, 45, 45)))
        #expect(collection.covers(at(25, 25)) && !collection.covers(at(5, 5)), "only polygons cover")
    }

    @Test("poles and the world's edges can be met")
    func worldEdges() throws {
        let cap = Geometry.polygon(try Polygon(exterior: .square(-180, 80, 180, 90)))
        #expect(cap.intersects(box(10, 90, 20, 90)) && cap.covers(at(180, 90)) && !cap.covers(at(0, 79.9)))
        #expect(Geometry.point(at(0, -90)).intersects(.world))
    }

    @Test("a line that stands still is where it stands")
    func standsStill() throws {
        let line = Geometry.lineString(try LineString([at(1, 1), at(1, 1)]))
        #expect(line.intersects(box(0, 0, 1, 1)) && !line.intersects(box(1.1, 0, 2, 2)))
    }
}
