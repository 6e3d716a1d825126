import MapGeometry

/// A packed R-tree over boxes that are in order already: sixteen neighbours share a parent, level by level.
///
/// Leaves keep their order, so a search from any leaf onwards meets hits in order and needs no memory.
///
/// Source: the layout of Agafonkin's flatbush, after I. Kamel and C. Faloutsos, "On packing R-trees",
/// CIKM 1993.
struct PackedTree: Sendable {
    /// Children of a node: 2⁴.
    static let fanOutBits = 4
    static let fanOut = 1 << fanOutBits

    /// The box of what stands nowhere: no box meets it, and it adds nothing to a union.
    static let nowhere = BoundingBox(
        uncheckedWest: .infinity, south: .infinity, east: -.infinity, north: -.infinity
    )

    /// The leaves, then each level above them up to the root.
    let boxes: [BoundingBox]
    /// Where each level begins in `boxes`, leaves first, and the end.
    let levelStarts: [Int]

    /// Takes leaves with room for `nodeCount(leaves:)` so that nothing is copied.
    init(leaves: consuming [BoundingBox]) {
        var boxes = leaves
        var starts = [0, boxes.count]
        while boxes.count - starts[starts.count - 2] > 1 {
            let level = starts[starts.count - 2]..<boxes.count
            for first in stride(from: level.lowerBound, to: level.upperBound, by: Self.fanOut) {
                var union = boxes[first]
                for child in (first + 1)..<max(first + 1, min(first + Self.fanOut, level.upperBound)) {
                    union = union.union(boxes[child])
                }
                boxes.append(union)
            }
            starts.append(boxes.count)
        }
        self.boxes = boxes
        levelStarts = starts
    }

    /// Boxes of all levels.
    static func nodeCount(leaves: Int) -> Int {
        var (total, level) = (leaves, leaves)
        while level > 1 {
            level = (level + fanOut - 1) >> fanOutBits
            total += level
        }
        return total
    }

    var leafCount: Int { levelStarts[1] }
    /// The level of the root; leaves are level 0.
    var top: Int { levelStarts.count - 2 }

    /// The smallest box around all; nil when nothing stands anywhere.
    var extent: BoundingBox? {
        guard let root = boxes.last, root.west <= root.east else { return nil }
        return root
    }

    /// The children, on the level below, of node `index` of `level`.
    @inline(__always)
    func children(level: Int, index: Int) -> Range<Int> {
        let first = index << Self.fanOutBits
        let end = levelStarts[level] - levelStarts[level - 1]
        return first..<min(first + Self.fanOut, end)
    }

    /// The first leaf from `start` on that shares a point with one of some planar boxes.
    func firstLeaf(from start: Int, touching parts: [BoundingBox]) -> Int? {
        var visited = 0
        return firstLeaf(from: start, touching: parts, visited: &visited)
    }

    /// - Parameter visited: grows by the nodes looked at, leaves among them.
    @inline(__always)
    func firstLeaf(from start: Int, touching parts: [BoundingBox], visited: inout Int) -> Int? {
        guard start < leafCount else { return nil }
        return boxes.withUnsafeBufferPointer { boxes in
            var level = 0
            var index = start
            climb(&level, &index)
            while index < levelStarts[level + 1] - levelStarts[level] {
                visited += 1
                if !boxes[levelStarts[level] + index].touches(parts) {
                    index += 1
                    climb(&level, &index)
                } else if level == 0 {
                    return index
                } else {
                    level -= 1
                    index <<= Self.fanOutBits
                }
            }
            return nil
        }
    }

    /// Calls `body` with the leaves of a range that share a point with one of some planar boxes, in order, until it
    /// answers false.
    /// - Returns: whether it never did.
    @inline(__always)
    func forEachLeaf(in range: Range<Int>, touching parts: [BoundingBox], _ body: (Int) -> Bool) -> Bool {
        guard let first = parts.first, let last = parts.last, range.lowerBound < leafCount else { return true }
        let isSplit = parts.count > 1
        return boxes.withUnsafeBufferPointer { boxes in
            var level = 0
            var index = range.lowerBound
            climb(&level, &index)
            var (start, end) = (levelStarts[level], levelStarts[level + 1])
            while start + index < end, index << (level * Self.fanOutBits) < range.upperBound {
                let box = boxes[start + index]
                let isMet = box.meets(first) || isSplit && box.meets(last)
                if isMet, level == 0, !body(index) { return false }
                if isMet, level > 0 {
                    level -= 1
                    index <<= Self.fanOutBits
                } else {
                    index += 1
                    // Most have neighbours behind them under the same parent.
                    if index & (Self.fanOut - 1) != 0 { continue }
                    climb(&level, &index)
                }
                (start, end) = (levelStarts[level], levelStarts[level + 1])
            }
            return true
        }
    }

    /// Goes up while all of a parent is still ahead.
    @inline(__always)
    private func climb(_ level: inout Int, _ index: inout Int) {
        while level < top, index & (Self.fanOut - 1) == 0 {
            level += 1
            index >>= Self.fanOutBits
        }
    }
}

extension BoundingBox {
    /// `intersectsPlanar`, which the compiler calls across modules: here it is the whole of the loop.
    @inline(__always)
    fileprivate func meets(_ other: BoundingBox) -> Bool {
        west <= other.east && east >= other.west && south <= other.north && north >= other.south
    }

    @inline(__always)
    func touches(_ parts: [BoundingBox]) -> Bool {
        for part in parts where intersectsPlanar(part) { return true }
        return false
    }
}
