package import MapGeometry

extension GridCell {
    /// The cell of that side that holds a place, on the grid whose area holds it. The same for everyone, for ever.
    package init(holding place: Coordinate, side: Side = .metres200) {
        let grid = CellGrid(around: place)
        let position = grid.position(of: place)
        self.init(grid: grid, side: side, holdingNorthing: position.northing, easting: position.easting)
    }

    /// The cell of a pin that was in `old` and has been moved: `old` where the pin is within half a side of it.
    ///
    /// So the noise of a receiver does not betray where in its cell a pin stands (P9 of the rules of privacy); a cell
    /// other than `old` is a real move.
    package init(forMoved place: Coordinate, keeping old: GridCell) {
        self =
            old.planeMetres(from: place) <= Double(old.side.metres) / 2
            ? old : GridCell(holding: place, side: old.side)
    }

    /// Metres on the plane of the grid from a place to the nearest point of the square, 0 inside; infinity where the
    /// plane has no such place.
    func planeMetres(from place: Coordinate) -> Double {
        let position = grid.position(of: place)
        guard position.northing.isFinite, position.easting.isFinite else { return .infinity }
        let (southWest, northEast) = extent
        let north = GridCell.gap(from: position.northing, to: southWest.northing, northEast.northing)
        var east = GridCell.gap(from: position.easting, to: southWest.easting, northEast.easting)
        if grid == .world {
            // The world's plane ends at 180°, the ground does not.
            let turn = 2 * EqualAreaCylinder.world.corner.easting
            for easting in [position.easting - turn, position.easting + turn] {
                east = min(east, GridCell.gap(from: easting, to: southWest.easting, northEast.easting))
            }
        }
        return (north * north + east * east).squareRoot()
    }

    private static func gap(from value: Double, to low: Double, _ high: Double) -> Double {
        max(low - value, value - high, 0)
    }

    /// The corners of the square, cut off where the world's plane ends.
    var extent: (southWest: GridPosition, northEast: GridPosition) {
        let (south, west) = (Double(northing), Double(easting))
        let (north, east) = (Double(northing + side.metres), Double(easting + side.metres))
        guard grid == .world else {
            return (GridPosition(northing: south, easting: west), GridPosition(northing: north, easting: east))
        }
        let end = EqualAreaCylinder.world.corner
        return (
            GridPosition(northing: max(south, -end.northing), easting: max(west, -end.easting)),
            GridPosition(northing: min(north, end.northing), easting: min(east, end.easting))
        )
    }
}
