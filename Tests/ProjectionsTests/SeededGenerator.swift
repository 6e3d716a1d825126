import MapGeometry

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

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
