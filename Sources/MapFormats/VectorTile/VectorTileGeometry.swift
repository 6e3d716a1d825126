import MapGeometry

/// The command integers of one feature (MVT 2.1, section 4.3).
///
/// What a tile may not hold is left out: steps of no length, lines of one position, rings without area
/// and the holes of an exterior ring without area.
struct VectorTileGeometry {
    private(set) var commands: [UInt32] = []
    private(set) var type = GeometryType.point
    private var cursor = TilePosition(x: 0, y: 0)

    /// The values of GeomType in vector_tile.proto.
    enum GeometryType: UInt64 {
        case point = 1
        case line = 2
        case polygon = 3
    }

    private enum Command: UInt32 {
        case moveTo = 1
        case lineTo = 2
        case closePath = 7
    }

    init() {}

    init(_ shape: TileShape) { draw(shape) }

    /// Another geometry in the same room: most have three numbers.
    mutating func draw(_ shape: TileShape) {
        commands.removeAll(keepingCapacity: true)
        cursor = TilePosition(x: 0, y: 0)
        switch shape {
        case .points(let points):
            type = .point
            if !points.isEmpty { append(.moveTo, count: points.count) }
            for point in points { step(to: point) }
        case .lines(let lines):
            type = .line
            for line in lines { path(line, isRing: false) }
        case .polygons(let polygons):
            type = .polygon
            for rings in polygons { append(rings) }
        }
    }

    private mutating func append(_ rings: [[TilePosition]]) {
        guard let exterior = rings.first, VectorTileGeometry.hasArea(exterior) else { return }
        path(exterior, isRing: true)
        for hole in rings.dropFirst() where VectorTileGeometry.hasArea(hole) { path(hole, isRing: true) }
    }

    private mutating func path(_ positions: [TilePosition], isRing: Bool) {
        var path: [TilePosition] = []
        path.reserveCapacity(positions.count)
        for position in positions where position != path.last { path.append(position) }
        if isRing, path.count > 1, path.first == path.last { path.removeLast() }
        guard path.count >= (isRing ? 3 : 2) else { return }
        append(.moveTo, count: 1)
        step(to: path[0])
        append(.lineTo, count: path.count - 1)
        for position in path.dropFirst() { step(to: position) }
        if isRing { append(.closePath, count: 1) }
    }

    private mutating func append(_ command: Command, count: Int) {
        commands.append(UInt32(truncatingIfNeeded: count) << 3 | command.rawValue)
    }

    private mutating func step(to position: TilePosition) {
        commands.append(VectorTileGeometry.zigzag(position.x &- cursor.x))
        commands.append(VectorTileGeometry.zigzag(position.y &- cursor.y))
        cursor = position
    }

    private static func zigzag(_ value: Int32) -> UInt32 {
        UInt32(bitPattern: (value << 1) ^ (value >> 31))
    }

    /// The surveyor's formula, in wrapping arithmetic: exact for positions within ±2²⁹ of one another.
    private static func hasArea(_ ring: [TilePosition]) -> Bool {
        guard let origin = ring.first, var previous = ring.last else { return false }
        var doubled: Int64 = 0
        for position in ring {
            doubled &+= (Int64(previous.x) - Int64(origin.x)) &* (Int64(position.y) - Int64(origin.y))
            doubled &-= (Int64(position.x) - Int64(origin.x)) &* (Int64(previous.y) - Int64(origin.y))
            previous = position
        }
        return doubled != 0
    }
}
