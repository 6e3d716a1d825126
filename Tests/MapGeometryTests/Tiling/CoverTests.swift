import Testing

@testable import MapGeometry

@Suite("A geometry that fills a tile")
struct CoverTests {
    private let grid: TileGrid

    init() throws {
        grid = TileGrid(try TileAddress(zoom: 12, column: 2075, row: 1409))
    }

    private func isFilled(_ geometry: Geometry) -> Bool { grid.isFilled(by: TileGeometry(geometry), margin: 128) }

    @Test(
        "a polygon around the tile and the margin fills it, wherever its corners are",
        arguments: [129.0, 5_000, 4_000_000])
    func around(beyond: Double) throws {
        let square = Polygon(exterior: try grid.square(-beyond, 4_096 + beyond))
        #expect(isFilled(.polygon(square)))
        let far = Polygon(exterior: try grid.square(9_000, 9_500))
        #expect(isFilled(.multiPolygon([square, far])))
        let (low, high) = (-beyond, 4_096 + beyond)
        let spiked = try grid.ring([
            (low, low), (2_000, low - 4_000), (high, low), (high + 9_000, 2_000), (high, high), (low, high),
            (low - 2_000, 4_500), (low, 2_000),
        ])
        #expect(isFilled(.polygon(Polygon(exterior: spiked))))
    }

    @Test("a polygon that leaves some of it free does not")
    func partly() throws {
        #expect(!isFilled(.polygon(Polygon(exterior: try grid.square(-127, 5_000)))))
        #expect(!isFilled(.polygon(Polygon(exterior: try grid.square(5_000, 9_000)))))
        let diagonal = try grid.ring([(-128, -128), (4_224, -128), (4_224, 4_224)])
        #expect(!isFilled(.polygon(Polygon(exterior: diagonal))))
        let notched = try grid.ring([
            (-900, -900), (5_000, -900), (5_000, 2_000), (4_000, 2_000.01), (5_000, 2_000.02), (5_000, 5_000),
            (-900, 5_000),
        ])
        #expect(!isFilled(.polygon(Polygon(exterior: notched))))
    }

    @Test("a hole in it, however small, does not; one beyond it does no harm")
    func holes() throws {
        let exterior = try grid.square(-9_000, 9_000)
        for hole in [try grid.square(2_000, 2_000.1), try grid.square(-500, 5_000), try grid.square(4_200, 4_300)] {
            #expect(!isFilled(.polygon(Polygon(exterior: exterior, holes: [hole]))))
        }
        #expect(isFilled(.polygon(Polygon(exterior: exterior, holes: [try grid.square(6_000, 7_000)]))))
    }

    @Test("nor does one that goes around twice, or has another part there")
    func others() throws {
        let square = Polygon(exterior: try grid.square(-900, 5_000))
        let twice = try grid.ring(
            Array(repeating: [(-900.0, -900.0), (5_000, -900), (5_000, 5_000), (-900, 5_000)], count: 2).flatMap { $0 })
        #expect(!isFilled(.polygon(Polygon(exterior: twice))))
        let speck = Polygon(exterior: try grid.square(2_000, 2_000.1))
        #expect(!isFilled(.multiPolygon([square, speck])))
        #expect(!isFilled(.geometryCollection([.polygon(square), .point(grid.at(9, 9))])))
        #expect(!isFilled(.geometryCollection([.polygon(square), .lineString(try grid.line([(0, 9), (9, 0)]))])))
        #expect(isFilled(.geometryCollection([.polygon(square), .point(grid.at(9_000, 9))])))
        #expect(!isFilled(.point(grid.at(9, 9))) && !isFilled(.geometryCollection([])))
    }
}
