package import MapGeometry

extension IndexSnapshot {
    /// 0 when all that stands on the map are points, 1 for lines, 2 for areas; nil when they differ, when a
    /// feature has parts that differ, and when nothing stands anywhere. With the same allowance as `extent`.
    package var geometryDimension: Int? {
        var found: Int?
        for index in segments.lazy.filter({ $0.count > 0 }).map(\.index) {
            let hasPoint = index.slots.contains(PackedIndex.Slot.point)
            for dimension in (hasPoint ? [0] : []) + index.shapes.lazy.map({ $0.dimension }) {
                guard let dimension, found ?? dimension == dimension else { return nil }
                found = dimension
            }
        }
        return found
    }
}

extension Geometry {
    /// Nil for a collection of parts with different dimensions.
    fileprivate var dimension: Int? {
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
