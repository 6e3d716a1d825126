@testable import MapGeometry

/// Units from a point to a segment, by looking where the foot falls.
func distance(_ point: TilePoint, _ a: TilePoint, _ b: TilePoint) -> Double {
    let along = (x: b.x - a.x, y: b.y - a.y)
    let squared = along.x * along.x + along.y * along.y
    let share = squared == 0 ? 0 : ((point.x - a.x) * along.x + (point.y - a.y) * along.y) / squared
    let held = min(max(share, 0), 1)
    let away = (x: point.x - a.x - held * along.x, y: point.y - a.y - held * along.y)
    return (away.x * away.x + away.y * away.y).squareRoot()
}

/// Units from a point to the nearest of a path's segments; infinite for a path without any.
func distance(_ point: TilePoint, to path: [TilePoint]) -> Double {
    zip(path, path.dropFirst()).map { distance(point, $0, $1) }.min() ?? .infinity
}

extension TilePosition {
    var point: TilePoint { TilePoint(x: Double(x), y: Double(y)) }
}
