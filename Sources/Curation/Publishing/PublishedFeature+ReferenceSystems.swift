import Contributions
import MapFormats
import MapGeometry
package import Projections
package import SpatialIndex

extension PublishedFeature {
    /// Appends a feature with its geometry in another coordinate reference system; the rest is as it was published.
    ///
    /// The geometry is null when the system cannot express one of its positions.
    package static func append(
        _ feature: FeatureReference, placedBy transform: CoordinateTransform, to bytes: inout [UInt8]
    ) {
        appendBeginning(of: feature, placedBy: transform, to: &bytes)
        feature.withText { text, offset in bytes.append(contentsOf: text[offset...]) }
    }

    /// The part of a feature before the value of "properties".
    package static func appendBeginning(
        of feature: FeatureReference, placedBy transform: CoordinateTransform, to bytes: inout [UInt8]
    ) {
        bytes += Array(#"{"type":"Feature","id":""#.utf8)
        bytes += Array(PublicIdentifier(bits: feature.identifier).description.utf8)
        bytes += Array(#"","geometry":"#.utf8)
        let start = bytes.count
        do {
            let writer = GeoJSONWriter(decimals: transform.decimals)
            try writer.append(publishedGeometry(of: feature), to: &bytes) { (place) throws(Inexpressible) in
                guard let position = transform.position(of: place) else { throw Inexpressible() }
                return (position.x, position.y)
            }
        } catch {
            bytes.removeSubrange(start...)
            bytes += Array("null".utf8)
        }
        bytes += Array(#","properties":"#.utf8)
    }

    /// The geometry of the text. The store, and so the index, opens collections into their simple parts.
    private static func publishedGeometry(of feature: FeatureReference) -> Geometry? {
        guard case .geometryCollection = feature.geometry else { return feature.geometry }
        let written = feature.withText { text, _ in try? GeoJSONReader.feature(from: text).geometry }
        return written ?? feature.geometry
    }

    /// A position that a system has no numbers for.
    private struct Inexpressible: Error {}
}
