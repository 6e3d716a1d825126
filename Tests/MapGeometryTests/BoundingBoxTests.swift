import MapGeometry
import Testing

@Suite("Bounding boxes")
struct BoundingBoxTests {
    private func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) throws -> BoundingBox {
        try BoundingBox(west: west, south: south, east: east, north: north)
    }

    @Test("a box whose south lies north of its north is refused")
    func latitudesReversed() {
        #expect(throws: GeometryError.boxLatitudesReversed(south: 2, north: 1)) { try box(0, 2, 1, 1) }
    }

    @Test("a box whose corners are no positions is refused")
    func cornersOutside() {
        #expect(throws: GeometryError.longitudeOutOfRange(181)) { try box(0, 0, 181, 1) }
        #expect(throws: GeometryError.latitudeOutOfRange(-91)) { try box(100, -91, 101, 1) }
        #expect(throws: GeometryError.swappedAxes(first: 0, second: 91)) { try box(0, 0, 0, 91) }
        #expect(throws: GeometryError.self) { try box(.nan, 0, 1, 1) }
    }

    @Test("edges and corners belong to a box, what lies beyond does not")
    func edgesBelong() throws {
        let box = try box(1, 2, 3, 4)
        for longitude in [1.0, 2, 3] {
            for latitude in [2.0, 3, 4] { #expect(box.contains(at(longitude, latitude))) }
        }
        for outside in [at(1.0.nextDown, 3), at(3.0.nextUp, 3), at(2, 2.0.nextDown), at(2, 4.0.nextUp)] {
            #expect(!box.contains(outside))
        }
    }

    @Test("a box without width or height holds its line or place")
    func degenerateBoxes() throws {
        let point = try box(5, 6, 5, 6)
        #expect(!point.crossesAntimeridian && point.parts == [point])
        #expect(point.contains(at(5, 6)) && !point.contains(at(5, 6.0.nextUp)))
        let meridian = try box(5, -1, 5, 1)
        #expect(meridian.contains(at(5, 1)) && !meridian.contains(at(5.0.nextUp, 0)))
    }

    @Test("a box across the antimeridian is two boxes")
    func crossesAntimeridian() throws {
        let fiji = try box(177, -20, -178, -16)
        #expect(fiji.crossesAntimeridian)
        #expect(fiji.parts == [try box(177, -20, 180, -16), try box(-180, -20, -178, -16)])
        for longitude in [177.0, 179.5, 180, -180, -179, -178] { #expect(fiji.contains(at(longitude, -18))) }
        for longitude in [176.9, 0, -177.9] { #expect(!fiji.contains(at(longitude, -18))) }
    }

    @Test("−180 and 180 are one meridian")
    func oneMeridian() throws {
        #expect(try box(170, 0, 180, 1).contains(at(-180, 0.5)))
        #expect(try box(-180, 0, -170, 1).contains(at(180, 0.5)))
        #expect(try box(180, 0, 180, 1).contains(at(-180, 0.5)))
        #expect(try box(-180, 0, -180, 1).contains(at(180, 0.5)))
        #expect(try box(180, 0, -180, 1).contains(at(-180, 0.5)))
        #expect(try !box(170, 0, 180, 1).contains(at(-179.999_999, 0.5)))
        #expect(try !box(170, 0, 179, 1).contains(at(-180, 0.5)))
        #expect(try !box(180, 0, -180, 1).contains(at(0, 0.5)))
    }

    @Test(
        "every part has its west at or west of its east and keeps the latitudes",
        arguments: [
            (-180.0, 180.0), (-180, -180), (180, 180), (180, -180), (-180, 0), (0, 180), (10, -10), (-10, 10), (0, 0),
        ])
    func partsArePlanar(west: Double, east: Double) throws {
        let parts = try box(west, -5, east, 7).parts
        #expect(!parts.isEmpty && parts.count <= 2)
        for part in parts { #expect(part.west <= part.east && part.south == -5 && part.north == 7) }
    }

    @Test("the world holds the poles and both ends")
    func world() {
        #expect(BoundingBox.world.parts == [.world])
        for corner in [at(-180, -90), at(180, 90), at(0, 90), at(180, 0)] {
            #expect(BoundingBox.world.contains(corner))
        }
    }

    @Test("boxes that share an edge or a corner meet, those a breath apart do not")
    func meeting() throws {
        let box = try box(0, 0, 2, 2)
        #expect(try box.intersectsPlanar(self.box(2, 2, 3, 3)))
        #expect(try box.intersectsPlanar(self.box(0.5, 0.5, 1, 1)))
        #expect(try box.containsPlanar(self.box(0, 0, 2, 1)))
        #expect(try !box.intersectsPlanar(self.box(2.0.nextUp, 0, 3, 1)))
        #expect(try !box.intersectsPlanar(self.box(0, 2.0.nextUp, 1, 3)))
        #expect(try !box.containsPlanar(self.box(1, 1, 2.0.nextUp, 2)))
    }

    @Test("a union holds both and no more; the centre is the middle")
    func unionAndCentre() throws {
        let union = try box(-3, 1, -2, 2).union(try box(4, -1, 5, 0))
        #expect(union == (try box(-3, -1, 5, 2)))
        #expect(union.centre == at(1, 0.5))
        #expect(BoundingBox(at(7, 8)) == (try box(7, 8, 7, 8)))
    }
}
