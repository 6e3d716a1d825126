import Contributions
import MapFormats
import SpatialIndex

extension GeoJSONFeature {
    /// A published feature as converters read it: its id among its properties, lists and objects as text.
    /// - Parameter attribution: of the whole file, for formats that have no other place for it.
    init(forConverters feature: FeatureReference, attribution: String? = nil) throws {
        let published = try feature.withText { text, _ in try GeoJSONReader.feature(from: text) }
        var properties: JSONObject = ["id": .string(PublicIdentifier(bits: feature.identifier).description)]
        for member in published.properties.members where member.name != "id" {
            if let value = member.value.flattened { properties[member.name] = value }
        }
        if let attribution { properties["attribution"] = .string(attribution) }
        self.init(geometry: published.geometry, properties: properties)
    }
}
