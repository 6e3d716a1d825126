import Foundation

/// The grid of one tile: turns longitude and latitude into tile units and geometry into what shows there.
///
/// The steps, in order: project → simplify to one unit (both once for all tiles, in `TileGeometry`) → clip to the
/// tile and its buffer → snap to whole units → drop what has collapsed → wind. Simplifying before clipping keeps
/// neighbouring tiles in agreement where they meet.
package struct TileGrid: Sendable {
    /// Units along one side of a tile (MVT's extent).
    package static let extent = 4096.0
    /// Units kept beyond each side, so that strokes and circles do not end at the seam.
    package static let buffer = 64.0

    package let address: TileAddress
    private let scale: Double

    package init(_ address: TileAddress) {
        self.address = address
        scale = Double(address.matrixSize) * TileGrid.extent
    }

    /// Where a place falls in tile units, unrounded; poles are held a world away rather than at infinity.
    package func project(_ coordinate: Coordinate) -> TilePoint {
        let (x, y) = WebMercator.project(coordinate)
        return place(x: x, y: min(max(y, -1), 2))
    }

    /// Where a position of the mercator square (0…1) falls in tile units, unrounded.
    package func place(x: Double, y: Double) -> TilePoint {
        TilePoint(
            x: x * scale - Double(address.column) * TileGrid.extent,
            y: y * scale - Double(address.row) * TileGrid.extent
        )
    }

    package func unproject(_ position: TilePosition) -> Coordinate {
        WebMercator.unproject(
            x: (Double(position.x) + Double(address.column) * TileGrid.extent) / scale,
            y: (Double(position.y) + Double(address.row) * TileGrid.extent) / scale
        )
    }

    /// Whether a place of the mercator square (0…1) lies in this tile or its buffer, edges included.
    package func shows(x: Double, y: Double) -> Bool {
        TileWindow.buffered.contains(place(x: x, y: y))
    }

    /// Whether nothing of a geometry is left at this zoom, inside the tile or beyond it: it is as thin as a unit.
    ///
    /// False for what reaches 2²⁴ units away or farther, where whole units and areas would leave their integers.
    package func collapses(_ geometry: Geometry) -> Bool {
        let geometry = geometry.withoutPointsBeyondTheSquare
        guard let box = geometry.boundingBox else { return true }
        let reach = -0x1p24...0x1p24
        let corners = [(box.west, box.north), (box.east, box.south)].map { longitude, latitude in
            project(Coordinate(clampingLongitude: longitude, latitude: latitude))
        }
        guard corners.allSatisfy({ reach.contains($0.x) && reach.contains($0.y) }) else { return false }
        return shapes(of: TileGeometry(geometry), in: .everywhere).isEmpty
    }

    /// What of a geometry shows in this tile: at most one shape of each dimension, none when it lies outside.
    package func shapes(of geometry: Geometry) -> [TileShape] { shapes(of: TileGeometry(geometry)) }

    /// The same of a geometry that has been made ready before.
    package func shapes(of geometry: TileGeometry) -> [TileShape] { shapes(of: geometry, in: .buffered) }

    private func shapes(of geometry: TileGeometry, in window: TileWindow) -> [TileShape] {
        var points: [TilePosition] = []
        var lines: [[TilePosition]] = []
        var polygons: [[[TilePosition]]] = []
        for part in geometry.parts {
            switch part {
            case .point(let place):
                let point = self.place(x: place.x, y: place.y)
                if window.contains(point) { points.append(point.snapped) }
            case .line(let line): lines += snappedLines(line, window)
            case .polygon(let exterior, let holes):
                snappedPolygon(exterior, holes, window).map { polygons.append($0) }
            }
        }
        return (polygons.isEmpty ? [] : [.polygons(polygons)])
            + (lines.isEmpty ? [] : [.lines(lines)])
            + (points.isEmpty ? [] : [.points(points)])
    }

    private func snappedLines(_ line: TilePath, _ window: TileWindow) -> [[TilePosition]] {
        guard let drawn = line.drawn(on: self, in: window) else { return [] }
        return window.clip(line: drawn)
            .map { $0.map(\.snapped).withoutRepeats }
            .filter { $0.count >= 2 }
    }

    /// Nil when the exterior ring has collapsed or lies outside, or when one hole takes all of it.
    private func snappedPolygon(
        _ exterior: TilePath, _ holes: [TilePath], _ window: TileWindow
    ) -> [[TilePosition]]? {
        guard let exterior = snappedRing(exterior, window, clockwise: true) else { return nil }
        let holes = holes.compactMap { snappedRing($0, window, clockwise: false) }
        let area = exterior.doubledArea
        return holes.contains { -$0.doubledArea >= area } ? nil : [exterior] + holes
    }

    private func snappedRing(_ ring: TilePath, _ window: TileWindow, clockwise: Bool) -> [TilePosition]? {
        guard let drawn = ring.drawn(on: self, in: window) else { return nil }
        var snapped = window.clip(ring: drawn).map(\.snapped).withoutRepeats
        if snapped.count > 1, snapped.first == snapped.last { snapped.removeLast() }
        let area = snapped.doubledArea
        guard snapped.count >= 3, area != 0 else { return nil }
        return (area > 0) == clockwise ? snapped : snapped.reversed()
    }
}

extension Geometry {
    /// A collection less its points nearer to a pole than any tile reaches: they show in none.
    fileprivate var withoutPointsBeyondTheSquare: Geometry {
        guard case .geometryCollection(let parts) = self else { return self }
        return .geometryCollection(
            parts.filter { part in
                guard case .point(let point) = part else { return true }
                return abs(point.latitude) <= WebMercator.maximumLatitude
            })
    }
}

/// A position in tile units before it is snapped to the grid, or in the mercator square (0…1).
package struct TilePoint: Equatable, Sendable {
    package let x: Double
    package let y: Double

    /// The nearest whole units, which must fit 32 bits. Halves go east and south: away from zero they would part
    /// two neighbouring tiles.
    package var snapped: TilePosition {
        TilePosition(x: Int32((x + 0.5).rounded(.down)), y: Int32((y + 0.5).rounded(.down)))
    }
}

extension [TilePosition] {
    /// The same path without positions equal to the one before.
    fileprivate var withoutRepeats: [TilePosition] {
        var path: [TilePosition] = []
        path.reserveCapacity(count)
        for position in self where position != path.last { path.append(position) }
        return path
    }

    /// Twice the area by the surveyor's formula: positive when clockwise on the screen (y southwards).
    package var doubledArea: Int64 {
        var sum: Int64 = 0
        for index in indices {
            let a = self[index]
            let b = self[index + 1 == count ? 0 : index + 1]
            // Wraps rather than stops: a ring wound a thousand times around a wide shape has no useful area.
            sum &+= Int64(a.x) * Int64(b.y) - Int64(b.x) * Int64(a.y)
        }
        return sum
    }
}
