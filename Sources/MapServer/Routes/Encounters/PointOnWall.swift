import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialIndex

/// What is public of a point, from where everybody reads it.
struct PointOnWall {
    let properties: JSONObject
    /// Nil for a point that is drawn as a line or an area.
    let place: Coordinate?

    /// - Throws: `CurationError.unknownEncounter` for what is not public.
    init(_ identifier: PublicIdentifier, in snapshot: IndexSnapshot) throws {
        guard let feature = snapshot.feature(identifier: identifier.bits) else { throw CurationError.unknownEncounter }
        let read = try feature.withText { text, _ in try GeoJSONReader.feature(from: text) }
        properties = read.properties
        place = if case .point(let place)? = read.geometry { place } else { nil }
    }

    /// Empty when nobody has given it one.
    var title: String { properties["title"]?.text ?? "" }
}
