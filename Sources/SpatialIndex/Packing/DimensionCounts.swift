import MapGeometry

/// How many features are points, lines, areas, or of parts that differ.
struct DimensionCounts: Sendable {
    private var counts = SIMD4<Int>()

    /// Adds or takes away one whose dimension is 0, 1 or 2, or nil when its parts differ.
    mutating func add(_ dimension: Int?, times: Int = 1) { counts[dimension ?? 3] += times }

    mutating func add(_ other: DimensionCounts) { counts &+= other.counts }

    /// The dimension of all of them; nil when they differ, and when there are none.
    var common: Int? {
        let found = (0..<4).filter { counts[$0] > 0 }
        return found.count == 1 && found[0] < 3 ? found[0] : nil
    }
}

extension Geometry {
    /// 0 for points, 1 for lines, 2 for areas; nil for a collection of parts that differ.
    var dimension: Int? {
        switch self {
        case .point, .multiPoint: return 0
        case .lineString, .multiLineString: return 1
        case .polygon, .multiPolygon: return 2
        case .geometryCollection(let parts):
            let dimensions = Set(parts.map(\.dimension))
            return dimensions.count == 1 ? dimensions.first ?? nil : nil
        }
    }
}
