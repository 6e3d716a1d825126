import MapFormats
import MapGeometry
package import SpatialIndex

extension LayerExport {
    /// How many of some features a format cannot hold.
    package static func leftOut(
        of snapshot: IndexSnapshot, matching filter: FeatureFilter, as format: ExportFormat
    ) throws -> Int {
        guard format == .gpx else { return 0 }
        var count = 0
        try snapshot.forEachInOrder(matching: filter) { feature in
            if case .point(_)? = feature.geometry { return }
            let isHeld = try feature.withText { text, _ in
                try GPXExport.holds(GeoJSONReader.feature(from: text))
            }
            if !isHeld { count += 1 }
        }
        return count
    }
}
