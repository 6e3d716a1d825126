/// A square that stands for “somewhere in here” (*carreau*), by its south-west corner; it holds its south and west
/// edges.
///
/// The squares of every side are anchored at the origin of their grid, and each side is a multiple of the next finer
/// one: a cell lies wholly in its parent. Only squares that some place can lie in exist.
package struct GridCell: Hashable, Sendable {
    package let grid: CellGrid
    package let side: Side
    /// Metres east of the grid's origin.
    package let easting: Int
    /// Metres north of the grid's origin.
    package let northing: Int

    /// The ladder of sides, in metres: that of INSEE's nested squares.
    package enum Side: Int, CaseIterable, Comparable, Sendable {
        case metres200 = 200
        case metres1000 = 1_000
        case metres2000 = 2_000
        case metres4000 = 4_000
        case metres8000 = 8_000
        case metres16000 = 16_000
        case metres32000 = 32_000

        package var metres: Int { rawValue }

        package static func < (a: Side, b: Side) -> Bool { a.metres < b.metres }

        /// The next step of the ladder; nil at its end.
        package var coarser: Side? { Side.allCases.first { $0 > self } }
    }

    /// The cell whose south-west corner stands at these metres.
    /// - Throws: `GeometryError.noSuchCell` when the corner is none of that side's, or no place lies in the square.
    package init(grid: CellGrid, side: Side, northing: Int, easting: Int) throws(GeometryError) {
        self.init(unchecked: grid, side: side, northing: northing, easting: easting)
        let metres = side.metres
        guard northing.isMultiple(of: metres), easting.isMultiple(of: metres),
            grid.northings.overlaps(northing...(northing + metres)),
            grid.eastings.overlaps(easting...(easting + metres))
        else { throw .noSuchCell(name) }
    }

    /// The cell around a position of its grid, in metres.
    ///
    /// The finest cell is found first and the others from it, so that rounding cannot part a cell from its parent.
    /// - Parameters: within `grid.northings` and `grid.eastings`.
    package init(grid: CellGrid, side: Side, holdingNorthing northing: Double, easting: Double) {
        let finest = Double(Side.metres200.metres)
        self.init(
            unchecked: grid, side: .metres200,
            northing: Int((northing / finest).rounded(.down)) * Side.metres200.metres,
            easting: Int((easting / finest).rounded(.down)) * Side.metres200.metres)
        self = coarsened(to: side)
    }

    private init(unchecked grid: CellGrid, side: Side, northing: Int, easting: Int) {
        self.grid = grid
        self.side = side
        self.northing = northing
        self.easting = easting
    }

    /// The cell of that side around this one; itself when it is as coarse already.
    package func coarsened(to side: Side) -> GridCell {
        guard side > self.side else { return self }
        return GridCell(
            unchecked: grid, side: side, northing: Self.floor(northing, side.metres),
            easting: Self.floor(easting, side.metres))
    }

    /// The next coarser cell around this one; nil for the coarsest.
    package var parent: GridCell? { side.coarser.map(coarsened) }

    /// Whether the other cell is this one or lies in it.
    package func contains(_ other: GridCell) -> Bool { other.side <= side && other.coarsened(to: side) == self }

    private static func floor(_ metres: Int, _ side: Int) -> Int {
        let (quotient, remainder) = metres.quotientAndRemainder(dividingBy: side)
        return (remainder < 0 ? quotient - 1 : quotient) * side
    }

    /// A distance as it may be told of this cell: rounded up to a multiple of the side, and 0 only for 0 (inside).
    /// - Parameter metres: at least 0.
    package func distance(roundingUp metres: Double) -> Double { side.distance(roundingUp: metres) }
}

extension GridCell.Side {
    /// A distance as it may be told of a cell with this side.
    /// - Parameter distance: in metres, at least 0.
    package func distance(roundingUp distance: Double) -> Double {
        (distance / Double(metres)).rounded(.up) * Double(metres)
    }
}
