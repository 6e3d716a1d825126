import MapGeometry
import TestSupport

extension SeededGenerator {
    /// A place anywhere, often at or near the poles, the equator and ±180.
    mutating func place() -> Coordinate {
        let near = [1.0, 1e-3, 1e-6, 0][Int.random(in: 0..<4, using: &self)]
        let offset = near * Double.random(in: -1...1, using: &self)
        return switch Int.random(in: 0..<8, using: &self) {
        case 0: Coordinate(clampingLongitude: 180 + offset, latitude: latitude())
        case 1: Coordinate(clampingLongitude: -180 + offset, latitude: latitude())
        case 2: Coordinate(clampingLongitude: longitude(), latitude: 90 + offset)
        case 3: Coordinate(clampingLongitude: longitude(), latitude: -90 + offset)
        case 4: Coordinate(clampingLongitude: longitude(), latitude: offset)
        default: Coordinate(clampingLongitude: longitude(), latitude: latitude())
        }
    }

    /// A place at most some degrees away, often far less.
    mutating func place(near other: Coordinate, degrees: Double) -> Coordinate {
        let reach = degrees * [1, 0.1, 1e-3, 1e-7][Int.random(in: 0..<4, using: &self)]
        let longitude = other.longitude + Double.random(in: -reach...reach, using: &self)
        return Coordinate(
            clampingLongitude: longitude.remainder(dividingBy: 360),
            latitude: other.latitude + Double.random(in: -reach...reach, using: &self)
        )
    }

    private mutating func longitude() -> Double { Double.random(in: -180...180, using: &self) }
    private mutating func latitude() -> Double { Double.random(in: -90...90, using: &self) }
}
