/// A rectangle in tile units that lines and rings are clipped to; its edges belong to it.
struct TileWindow {
    let minimum: Double
    let maximum: Double

    /// The tile and its buffer.
    static let buffered = TileWindow(minimum: -TileGrid.buffer, maximum: TileGrid.extent + TileGrid.buffer)

    /// No window at all.
    static let everywhere = TileWindow(minimum: -.infinity, maximum: .infinity)

    func contains(_ point: TilePoint) -> Bool {
        point.x >= minimum && point.x <= maximum && point.y >= minimum && point.y <= maximum
    }

    /// The pieces of a line inside the window, in order (Liang and Barsky, ACM TOG 3(1), 1984).
    func clip(line: [TilePoint]) -> [[TilePoint]] {
        var pieces: [[TilePoint]] = []
        var piece: [TilePoint] = []
        for (start, end) in zip(line, line.dropFirst()) {
            guard let (enter, leave) = share(of: start, end) else { continue }
            if enter > 0 || piece.isEmpty {
                if piece.count > 1 { pieces.append(piece) }
                piece = [point(start, end, enter)]
            }
            piece.append(point(start, end, leave))
            if leave < 1 {
                pieces.append(piece)
                piece = []
            }
        }
        if piece.count > 1 { pieces.append(piece) }
        return pieces
    }

    /// The ring's part inside the window as one ring along the edges; empty when outside
    /// (Sutherland and Hodgman, "Reentrant Polygon Clipping", CACM 17(1), 1974).
    func clip(ring: [TilePoint]) -> [TilePoint] {
        if ring.allSatisfy(contains) { return ring }
        var clipped = ring
        for edge in Edge.allCases {
            clipped = clip(clipped, to: edge)
            if clipped.isEmpty { break }
        }
        return clipped
    }

    private enum Edge: CaseIterable { case west, east, north, south }

    private func clip(_ ring: [TilePoint], to edge: Edge) -> [TilePoint] {
        var kept: [TilePoint] = []
        kept.reserveCapacity(ring.count + 4)
        guard var previous = ring.last else { return [] }
        for point in ring {
            if isInside(point, edge) != isInside(previous, edge) { kept.append(crossing(previous, point, edge)) }
            if isInside(point, edge) { kept.append(point) }
            previous = point
        }
        return kept
    }

    private func isInside(_ point: TilePoint, _ edge: Edge) -> Bool {
        switch edge {
        case .west: point.x >= minimum
        case .east: point.x <= maximum
        case .north: point.y >= minimum
        case .south: point.y <= maximum
        }
    }

    private func crossing(_ a: TilePoint, _ b: TilePoint, _ edge: Edge) -> TilePoint {
        switch edge {
        case .west, .east:
            let x = edge == .west ? minimum : maximum
            return TilePoint(x: x, y: a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x))
        case .north, .south:
            let y = edge == .north ? minimum : maximum
            return TilePoint(x: a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), y: y)
        }
    }

    /// Where along a segment (0…1) it enters and leaves the window; nil when it misses.
    private func share(of a: TilePoint, _ b: TilePoint) -> (enter: Double, leave: Double)? {
        var enter = 0.0
        var leave = 1.0
        for (from, step) in [(a.x, b.x - a.x), (a.y, b.y - a.y)] {
            guard step != 0 else {
                if from < minimum || from > maximum { return nil }
                continue
            }
            let first = ((step > 0 ? minimum : maximum) - from) / step
            let second = ((step > 0 ? maximum : minimum) - from) / step
            enter = max(enter, first)
            leave = min(leave, second)
            if enter > leave { return nil }
        }
        return (enter, leave)
    }

    private func point(_ a: TilePoint, _ b: TilePoint, _ share: Double) -> TilePoint {
        if share == 0 { return a }
        if share == 1 { return b }
        return TilePoint(x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share)
    }
}
