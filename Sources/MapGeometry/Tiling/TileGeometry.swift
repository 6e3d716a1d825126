/// A geometry made ready once for tiles of every zoom: where its positions stand in the mercator square, and from
/// which zoom on each of them is drawn.
///
/// Takes 17 bytes a position of lines and rings. A tile of it costs a look at each position, without projecting or
/// simplifying anything.
package struct TileGeometry: Sendable {
    enum Part: Sendable {
        case point(TilePoint)
        case line(TilePath)
        case polygon(exterior: TilePath, holes: [TilePath])
    }

    let parts: [Part]

    /// A geometry of so many positions and more is worth making ready ahead of the tiles that draw it.
    package static let worthwhileCount = 32

    package init(_ geometry: Geometry) {
        parts = geometry.simpleParts.map { part in
            switch part {
            case .point(let coordinate): .point(WebMercator.place(coordinate))
            case .line(let line): .line(TilePath(line.coordinates))
            case .polygon(let polygon):
                .polygon(
                    exterior: TilePath(polygon.exterior.coordinates),
                    holes: polygon.holes.map { TilePath($0.coordinates) })
            }
        }
    }

    /// Bytes held, about.
    package var byteCount: Int {
        parts.reduce(0) { sum, part in
            switch part {
            case .point: sum + 16
            case .line(let line): sum + line.byteCount
            case .polygon(let exterior, let holes): sum + exterior.byteCount + holes.reduce(0) { $0 + $1.byteCount }
            }
        }
    }
}

/// A line or a ring in the mercator square.
struct TilePath: Sendable {
    let points: [TilePoint]
    /// By position: the first zoom at which it is drawn; `never` for one that no zoom needs.
    private let firstZooms: [UInt8]
    private let west: Double
    private let east: Double
    private let north: Double
    private let south: Double

    private static let never = UInt8.max

    init(_ coordinates: [Coordinate]) {
        let points = coordinates.map(WebMercator.place)
        self.points = points
        let unit = Self.side(ofUnitAt: TileAddress.zooms.upperBound)
        firstZooms = Simplification(points, finest: unit).squaredTolerances.map(Self.firstZoom)
        var (west, east, north, south) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
        for point in points {
            (west, east) = (min(west, point.x), max(east, point.x))
            (north, south) = (min(north, point.y), max(south, point.y))
        }
        (self.west, self.east, self.north, self.south) = (west, east, north, south)
    }

    var byteCount: Int { points.count * (MemoryLayout<TilePoint>.stride + 1) }

    /// What is drawn of it at a grid's zoom, in the units of the tile; nil when all of it lies to one side of a window.
    func drawn(on grid: TileGrid, in window: TileWindow) -> [TilePoint]? {
        let northWest = grid.place(x: west, y: north)
        let southEast = grid.place(x: east, y: south)
        guard northWest.x <= window.maximum, northWest.y <= window.maximum, southEast.x >= window.minimum,
            southEast.y >= window.minimum
        else { return nil }
        let zoom = UInt8(grid.address.zoom)
        var drawn: [TilePoint] = []
        for (point, first) in zip(points, firstZooms) where first <= zoom {
            drawn.append(grid.place(x: point.x, y: point.y))
        }
        return drawn
    }

    /// Every position, in the units of a tile.
    func everything(on grid: TileGrid) -> [TilePoint] { points.map { grid.place(x: $0.x, y: $0.y) } }

    /// Simplified to one unit of a tile: positions are drawn that lie farther than that.
    private static func firstZoom(_ squaredTolerance: Double) -> UInt8 {
        if squaredTolerance == .infinity { return 0 }
        for zoom in TileAddress.zooms {
            let unit = side(ofUnitAt: zoom)
            if squaredTolerance > unit * unit { return UInt8(zoom) }
        }
        return never
    }

    private static func side(ofUnitAt zoom: Int) -> Double { 1 / (TileGrid.extent * Double(1 << zoom)) }
}

extension WebMercator {
    /// Where a coordinate falls in the square; poles are held a world away rather than at infinity.
    fileprivate static func place(_ coordinate: Coordinate) -> TilePoint {
        let (x, y) = project(coordinate)
        return TilePoint(x: x, y: min(max(y, -1), 2))
    }
}
