package import MapGeometry

/// A Feature of RFC 7946, section 3.2.
package struct GeoJSONFeature: Equatable, Sendable {
    /// The member "id": a string, or the decimal text of a number.
    package var identifier: String?
    /// Nil for a feature that is nowhere on the map ("geometry": null).
    package var geometry: Geometry?
    package var properties: JSONObject
    /// Every other member (RFC 7946, section 6.1), but for "bbox", which follows from the geometry.
    package var foreignMembers: JSONObject

    package init(
        identifier: String? = nil, geometry: Geometry?, properties: JSONObject = [:], foreignMembers: JSONObject = [:]
    ) {
        self.identifier = identifier
        self.geometry = geometry
        self.properties = properties
        self.foreignMembers = foreignMembers
    }

    /// The members that RFC 7946 defines for a Feature, which therefore are never foreign.
    static let definedMembers: Set<String> = ["type", "id", "geometry", "properties", "bbox"]
}
