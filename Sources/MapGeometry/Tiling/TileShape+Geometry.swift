extension TileShape {
    /// The shape in longitude and latitude, rounded to the decimals that this tile needs.
    package func geometry(in grid: TileGrid) -> Geometry {
        let decimals = grid.address.decimals
        func coordinate(_ position: TilePosition) -> Coordinate {
            grid.unproject(position).rounded(decimals: decimals)
        }
        switch self {
        case .points(let positions):
            let points = positions.map(coordinate)
            return points.count == 1 ? .point(points[0]) : .multiPoint(points)
        case .lines(let lines):
            let parts = lines.map { LineString(unchecked: $0.map(coordinate)) }
            return parts.count == 1 ? .lineString(parts[0]) : .multiLineString(parts)
        case .polygons(let polygons):
            let parts = polygons.map { rings in
                let closed = rings.map { LinearRing(unchecked: ($0 + [$0[0]]).map(coordinate)) }
                return Polygon(exterior: closed[0], holes: Array(closed.dropFirst()))
            }
            return parts.count == 1 ? .polygon(parts[0]) : .multiPolygon(parts)
        }
    }
}
