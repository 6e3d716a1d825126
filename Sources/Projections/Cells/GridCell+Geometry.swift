package import MapGeometry

extension GridCell {
    /// The square as it is published, in CRS84: wound as RFC 7946 asks, seven decimals, the same bytes for everyone.
    ///
    /// In Europe, where the edges are curves in longitude and latitude, an edge has a position at each corner of the
    /// cells of 1 km along it: it departs from the true edge by 8 cm at most (3 cm in France), and a cell's outline
    /// runs through the corners of those inside. The world's squares are bounded by meridians and parallels, four
    /// positions, and end at 180° and at the poles.
    package var polygon: Geometry {
        var ring = [grid.place(at: corners[0])]
        for (start, end) in zip(corners, corners.dropFirst() + [corners[0]]) {
            for step in 1...pieces { ring.append(grid.place(at: start.moved(step, of: pieces, to: end))) }
        }
        return .polygon(Polygon(exterior: LinearRing(unchecked: ring)))
    }

    /// Into how many pieces an edge is cut.
    private var pieces: Int { grid == .europe ? max(1, side.metres / Side.metres1000.metres) : 1 }

    /// South-west, south-east, north-east, north-west.
    private var corners: [GridPosition] {
        let (southWest, northEast) = extent
        return [
            southWest, GridPosition(northing: southWest.northing, easting: northEast.easting), northEast,
            GridPosition(northing: northEast.northing, easting: southWest.easting),
        ]
    }

    /// The middle of the square, to seven decimals.
    package var centre: Coordinate { grid.place(at: middle) }

    private var middle: GridPosition {
        let (southWest, northEast) = extent
        return southWest.moved(1, of: 2, to: northEast)
    }

    /// A place that stands for the cell, to seven decimals: `GridCell(holding:)` finds the cell again from it.
    ///
    /// That is the centre, but for cells in which the area of their grid ends: there the first place held that is
    /// found from the corners inwards. (The centre still where none is: around the four corners of Europe's area,
    /// and for strips of some centimetres.)
    package var representative: Coordinate {
        let centre = centre
        if holds(centre) { return centre }
        for part in (1...10).map({ 1 << $0 }) {
            for corner in corners {
                let place = grid.place(at: corner.moved(1, of: part, to: middle))
                if holds(place) { return place }
            }
        }
        return centre
    }

    private func holds(_ place: Coordinate) -> Bool { GridCell(holding: place, side: side) == self }
}

extension GridPosition {
    /// The position `step` of `count` equal steps on the way to another.
    fileprivate func moved(_ step: Int, of count: Int, to end: GridPosition) -> GridPosition {
        let part = Double(step) / Double(count)
        return GridPosition(
            northing: northing + (end.northing - northing) * part, easting: easting + (end.easting - easting) * part)
    }
}
