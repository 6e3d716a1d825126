import MapGeometry

/// Where the latest writes have changed something, so that who keeps tiles knows which of them show what is
/// published still.
struct WrittenGround: Sendable {
    /// The box of what was there before a write or is there after it, in the mercator square.
    private struct Patch {
        let version: Int
        let columns: ClosedRange<Double>
        let rows: ClosedRange<Double>
    }

    /// In the order of writing.
    private var patches: [Patch] = []
    private(set) var version = 0
    /// What this write and those before it have changed is not known any more.
    private var forgotten = 0
    private let capacity: Int

    /// - Parameter capacity: how many boxes are remembered at least.
    init(capacity: Int = 4_096) {
        self.capacity = capacity
    }

    /// Remembers one more write.
    /// - Parameter boxes: with west ≤ east, of everything that it has removed and inserted.
    mutating func append(_ boxes: [BoundingBox]) {
        version += 1
        if boxes.count > capacity {
            patches.removeAll()
            forgotten = version
        } else {
            patches += boxes.map(patch)
        }
        if patches.count > 2 * capacity {
            forgotten = patches[capacity - 1].version
            patches.removeFirst(capacity)
        }
    }

    /// Whether a tile may show something else than it did in some version.
    /// - Parameter buffer: as in `IndexSnapshot.tileEntries(of:buffer:matching:)`.
    func touches(_ tile: TileAddress, buffer: Double, since version: Int) -> Bool {
        if version < forgotten { return true }
        let (columns, rows) = TileCells.reach(of: tile, buffer: buffer)
        for patch in patches.reversed() {
            if patch.version <= version { return false }
            if patch.columns.overlaps(columns), patch.rows.overlaps(rows) { return true }
        }
        return false
    }

    /// What lies beyond ±85.05° counts as at the edge of the square.
    private func patch(_ box: BoundingBox) -> Patch {
        let northWest = WebMercator.project(Coordinate(clampingLongitude: box.west, latitude: box.north))
        let southEast = WebMercator.project(Coordinate(clampingLongitude: box.east, latitude: box.south))
        return Patch(
            version: version, columns: northWest.x...southEast.x,
            rows: min(max(northWest.y, 0), 1)...min(max(southEast.y, 0), 1))
    }
}
