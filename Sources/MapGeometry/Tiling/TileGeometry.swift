/// A geometry made ready once for tiles of every zoom: where its positions stand in the mercator square, and from
/// which zoom on each of them is drawn.
///
/// Takes less than 18 bytes a position of lines and rings. A tile of it costs a look at each stretch of 64 positions, and
/// at each position of those that are not beside the tile, without projecting or simplifying anything.
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
    /// Around all of it, and around each stretch of so many positions.
    private let extent: Extent
    private let stretches: [Extent]

    private static let never = UInt8.max
    private static let stretchLength = 64

    init(_ coordinates: [Coordinate]) {
        let points = coordinates.map(WebMercator.place)
        self.points = points
        let unit = Self.side(ofUnitAt: TileAddress.zooms.upperBound)
        firstZooms = Simplification(points, finest: unit).squaredTolerances.map(Self.firstZoom)
        extent = Extent(points[...])
        stretches =
            points.count <= 2 * Self.stretchLength
            ? []
            : stride(from: 0, to: points.count, by: Self.stretchLength).map { start in
                Extent(points[start..<min(start + Self.stretchLength, points.count)])
            }
    }

    var byteCount: Int {
        points.count * (MemoryLayout<TilePoint>.stride + 1) + stretches.count * MemoryLayout<Extent>.stride
    }

    /// What is drawn of it at a grid's zoom, in the units of the tile, as far as clipping to a window needs to know it;
    /// nil when all of it lies to one side of the window.
    func drawn(on grid: TileGrid, in window: TileWindow) -> [TilePoint]? {
        if extent.isBeside(window, on: grid) { return nil }
        return needed(on: grid, in: window, zoom: UInt8(grid.address.zoom))
    }

    /// The same of every position.
    func everything(on grid: TileGrid, in window: TileWindow) -> [TilePoint] {
        needed(on: grid, in: window, zoom: Self.never)
    }

    /// Of a stretch that lies to one side of the window only its ends: what is between them is cut off at that side,
    /// whatever way it takes there. All that a clipped ring may lose by it are strokes to and fro along the edge.
    private func needed(on grid: TileGrid, in window: TileWindow, zoom: UInt8) -> [TilePoint] {
        var needed: [TilePoint] = []
        func append(_ range: Range<Int>) {
            for place in range where firstZooms[place] <= zoom {
                needed.append(grid.place(x: points[place].x, y: points[place].y))
            }
        }
        if stretches.isEmpty { append(points.indices) }
        for (number, stretch) in stretches.enumerated() {
            let start = number * Self.stretchLength
            let range = start..<min(start + Self.stretchLength, points.count)
            if !stretch.isBeside(window, on: grid) {
                append(range)
            } else if let first = range.first(where: { firstZooms[$0] <= zoom }),
                let last = range.last(where: { firstZooms[$0] <= zoom })
            {
                append(first..<(first + 1))
                if last > first { append(last..<(last + 1)) }
            }
        }
        return needed
    }

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

extension TilePath {
    /// A box in the mercator square.
    private struct Extent {
        private var west = Double.infinity
        private var east = -Double.infinity
        private var north = Double.infinity
        private var south = -Double.infinity

        init(_ points: ArraySlice<TilePoint>) {
            for point in points {
                (west, east) = (min(west, point.x), max(east, point.x))
                (north, south) = (min(north, point.y), max(south, point.y))
            }
        }

        /// Whether all of it lies beyond the same edge of a window.
        func isBeside(_ window: TileWindow, on grid: TileGrid) -> Bool {
            let northWest = grid.place(x: west, y: north)
            let southEast = grid.place(x: east, y: south)
            return northWest.x > window.maximum || northWest.y > window.maximum || southEast.x < window.minimum
                || southEast.y < window.minimum
        }
    }
}

extension WebMercator {
    /// Where a coordinate falls in the square; poles are held a world away rather than at infinity.
    fileprivate static func place(_ coordinate: Coordinate) -> TilePoint {
        let (x, y) = project(coordinate)
        return TilePoint(x: x, y: min(max(y, -1), 2))
    }
}
