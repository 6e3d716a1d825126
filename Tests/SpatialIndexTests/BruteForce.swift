import MapGeometry
import SpatialIndex

/// The same answers as the index's by looking at every feature, with no order, tree or sum to rely on.
struct BruteForce {
    var features: [UInt128: IndexedFeature] = [:]

    mutating func apply(insert: [IndexedFeature], remove: [UInt128]) {
        for identifier in remove { features[identifier] = nil }
        for feature in insert { features[feature.identifier] = feature }
    }

    func matching(_ filter: FeatureFilter) -> [IndexedFeature] {
        features.values.filter { $0.matches(filter) }
    }

    func identifiers(in box: BoundingBox?, _ filter: FeatureFilter) -> [UInt128] {
        matching(filter)
            .filter { feature in
                guard let box, let geometry = feature.geometry, !geometry.isEmpty else { return true }
                return geometry.intersects(box)
            }
            .sorted { ($0.hilbertKey, $0.identifier) < ($1.hilbertKey, $1.identifier) }
            .map(\.identifier)
    }

    func nearest(to place: Coordinate, radius: Double?, _ filter: FeatureFilter) -> [DistanceKey] {
        matching(filter).compactMap { feature in
            guard let geometry = feature.geometry, !geometry.isEmpty else { return nil }
            let exact = roughMetres(from: place, to: geometry)
            let metres = feature.cellSide?.distance(roundingUp: exact) ?? exact
            return metres <= radius ?? .infinity ? DistanceKey(metres: metres, identifier: feature.identifier) : nil
        }.sorted()
    }
}

/// A distance that is never below `GeodesicBound`: a little more than the bound to the nearest position,
/// in whole metres, so that several features are equally far.
func roughMetres(from place: Coordinate, to geometry: Geometry) -> Double {
    var least = Double.infinity
    geometry.forEachCoordinate { least = min(least, GeodesicBound.metres(from: place, to: $0)) }
    return (least * 1.001).rounded(.up)
}

extension IndexedFeature {
    var hilbertKey: UInt64 {
        geometry?.boundingBox.map { WebMercator.hilbertKey(of: $0.centre) } ?? WebMercator.keyOutside
    }

    func matches(_ filter: FeatureFilter) -> Bool {
        if let kinds = filter.kinds, !kinds.contains(kind) { return false }
        if let wanted = filter.anyOfThemes, !themes.contains(where: wanted.contains) { return false }
        if let wanted = filter.time, let time, !time.overlaps(wanted) { return false }
        return filter.identifiers?.contains(identifier) ?? true
    }
}
