import MapGeometry

extension PackedTree {
    /// The smallest box around the leaves that `isThere`; nil when none of them stands anywhere.
    ///
    /// Looks in each of the four directions for what goes farthest, and passes over every node that does not
    /// go as far as what has been found (A. Land and A. Doig, Econometrica 28(3), 1960).
    func extent(where isThere: (Int) -> Bool) -> BoundingBox? {
        let west = least(where: isThere) { $0.west }
        guard west < .infinity else { return nil }
        return BoundingBox(
            uncheckedWest: west, south: least(where: isThere) { $0.south },
            east: -least(where: isThere) { -$0.east }, north: -least(where: isThere) { -$0.north })
    }

    private func least(where isThere: (Int) -> Bool, of value: (BoundingBox) -> Double) -> Double {
        var best = Double.infinity
        if leafCount > 0 { search(top, 0, &best, where: isThere, of: value) }
        return best
    }

    /// Lowers `best` to the least value under a node, if that is less.
    private func search(
        _ level: Int, _ index: Int, _ best: inout Double, where isThere: (Int) -> Bool,
        of value: (BoundingBox) -> Double
    ) {
        func own(_ level: Int, _ index: Int) -> Double { value(boxes[levelStarts[level] + index]) }
        guard own(level, index) < best else { return }
        guard level > 0 else {
            if isThere(index) { best = own(level, index) }
            return
        }
        for child in children(level: level, index: index).sorted(by: { own(level - 1, $0) < own(level - 1, $1) }) {
            search(level - 1, child, &best, where: isThere, of: value)
        }
    }
}
