import Contributions
import MapFormats
import MapGeometry
import SpatialIndex

/// A published feature as converters read it: its id among its properties, lists and objects as text.
struct ConvertedFeature {
    let geometry: Geometry?
    let properties: JSONObject

    /// - Parameter attribution: of the whole file, for formats that have no other place for it.
    init(_ feature: FeatureReference, attribution: String? = nil) throws {
        let published = try feature.withText { text, _ in try GeoJSONReader.feature(from: text) }
        geometry = published.geometry
        var properties: JSONObject = ["id": .string(PublicIdentifier(bits: feature.identifier).description)]
        for member in published.properties.members where member.name != "id" {
            if let value = member.value.flattened { properties[member.name] = value }
        }
        if let attribution { properties["attribution"] = .string(attribution) }
        self.properties = properties
    }

    /// One line of a sequence.
    func append(to bytes: inout [UInt8]) {
        let writer = GeoJSONWriter(decimals: PublishedFeature.decimals)
        writer.append(GeoJSONFeature(geometry: geometry, properties: properties), to: &bytes)
        bytes.append(0x0A)
    }
}
