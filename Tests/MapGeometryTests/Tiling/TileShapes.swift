@testable import MapGeometry

extension TileGrid {
    /// A place at these units from the tile's north-west corner, fractions included.
    func at(_ x: Double, _ y: Double) -> Coordinate {
        let side = Double(address.matrixSize) * TileGrid.extent
        return WebMercator.unproject(
            x: (x + Double(address.column) * TileGrid.extent) / side,
            y: (y + Double(address.row) * TileGrid.extent) / side)
    }

    func line(_ units: [(Double, Double)]) throws -> LineString { try LineString(units.map { at($0.0, $0.1) }) }

    /// A ring through these units, closed here.
    func ring(_ units: [(Double, Double)]) throws -> LinearRing { try .through(units.map { at($0.0, $0.1) }) }

    /// A square ring between two units of both axes.
    func square(_ from: Double, _ to: Double) throws -> LinearRing {
        try ring([(from, from), (to, from), (to, to), (from, to)])
    }
}

extension TileShape {
    fileprivate var points: [TilePosition] { if case .points(let points) = self { points } else { [] } }
    fileprivate var lines: [[TilePosition]] { if case .lines(let lines) = self { lines } else { [] } }
    fileprivate var polygons: [[[TilePosition]]] { if case .polygons(let polygons) = self { polygons } else { [] } }
}

extension [TileShape] {
    var points: [TilePosition] { flatMap(\.points) }
    var lines: [[TilePosition]] { flatMap(\.lines) }
    var polygons: [[[TilePosition]]] { flatMap(\.polygons) }
}

/// Positions from pairs.
func positions(_ pairs: [(Int32, Int32)]) -> [TilePosition] { pairs.map { TilePosition(x: $0.0, y: $0.1) } }

/// Even-odd over all rings of a polygon, each not closed; the boundary is on neither side for certain.
func encloses(_ rings: [[TilePoint]], _ point: TilePoint) -> Bool {
    rings.reduce(false) { inside, ring in
        zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(inside) { inside, edge in
            let (a, b) = edge
            guard (a.x > point.x) != (b.x > point.x) else { return inside }
            let y = a.y + (b.y - a.y) * (point.x - a.x) / (b.x - a.x)
            return y > point.y ? !inside : inside
        }
    }
}
