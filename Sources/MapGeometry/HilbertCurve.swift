/// Numbers the cells of a square grid along Hilbert's curve, so that neighbours in number are
/// neighbours on the ground.
///
/// Every cell of the quadtree above the grid is one unbroken run of numbers: at `level` ℓ, cell
/// number `c` covers `c << 2(31 − ℓ)` … `((c + 1) << 2(31 − ℓ)) − 1`. Tiles and clusters rest on this.
///
/// Source: D. Hilbert, "Über die stetige Abbildung einer Linie auf ein Flächenstück", Math. Ann. 38,
/// 1891; the turning rules as in J. Skilling, "Programming the Hilbert curve", AIP Conf. Proc. 707, 2004.
package enum HilbertCurve {
    /// Levels of the finest grid: 2³¹ columns and rows, a key of 62 bits, which fits SQLite's signed integers.
    package static let levels = 31

    /// The number of a cell on the finest grid; `x` and `y` are below 2³¹, y counts southwards.
    package static func key(x: UInt32, y: UInt32) -> UInt64 {
        key(x: x, y: y, level: levels)
    }

    /// The number of a cell on the grid of 2^`level` columns and rows.
    package static func key(x: UInt32, y: UInt32, level: Int) -> UInt64 {
        var x = x
        var y = y
        var key: UInt64 = 0
        var bit = level - 1
        while bit >= 0 {
            let right = (x >> bit) & 1
            let lower = (y >> bit) & 1
            key = key << 2 | UInt64((3 * right) ^ lower)
            if lower == 0 {
                if right == 1 {
                    let mask = (UInt32(1) << bit) &- 1
                    x = ~x & mask
                    y = ~y & mask
                }
                swap(&x, &y)
            }
            bit -= 1
        }
        return key
    }

    /// The column and row of a cell of the grid of 2^`level` columns and rows.
    package static func cell(key: UInt64, level: Int) -> (x: UInt32, y: UInt32) {
        var x: UInt32 = 0
        var y: UInt32 = 0
        for step in 0..<level {
            let quarter = UInt32(truncatingIfNeeded: key >> (2 * UInt64(step))) & 3
            let right = quarter >> 1
            let lower = (quarter ^ right) & 1
            if lower == 0 {
                if right == 1 {
                    let mask = (UInt32(1) << step) &- 1
                    x = ~x & mask
                    y = ~y & mask
                }
                swap(&x, &y)
            }
            x |= right << step
            y |= lower << step
        }
        return (x, y)
    }

    /// The run of finest keys inside cell `key` of `level`.
    package static func finestKeys(in key: UInt64, level: Int) -> ClosedRange<UInt64> {
        let shift = UInt64(2 * (levels - level))
        return (key << shift)...(((key + 1) << shift) - 1)
    }
}
