package import Contributions
import MapFormats
import MapGeometry
package import SpatialDatabase

/// The only public face of a contribution: its published geometry and its public properties, as GeoJSON.
package enum PublishedFeature {
    /// Decimals of a published coordinate: about a centimetre.
    package static let decimals = 7

    private static let writer = GeoJSONWriter(decimals: decimals)

    /// Encodes a contribution once, in the form in which every route, tile and export sends it.
    package static func publication(
        of contribution: Contribution, identifier: PublicIdentifier
    ) throws -> Publication {
        var bytes: [UInt8] = []
        let offset = writer.append(
            GeoJSONFeature(
                identifier: identifier.description, geometry: contribution.geometry,
                properties: try properties(of: contribution)),
            to: &bytes)
        return Publication(
            identifier: identifier, contribution: contribution, feature: bytes, propertiesOffset: offset)
    }

    /// The public properties in the order in which they are written; what is absent is left out.
    static func properties(of contribution: Contribution) throws -> JSONObject {
        var properties = JSONObject()
        properties["kind"] = .string(contribution.kind.rawValue)
        properties["title"] = .string(contribution.title)
        if !contribution.text.isEmpty { properties["text"] = .string(contribution.text) }
        if !contribution.themes.isEmpty { properties["theme"] = .array(contribution.themes.map(JSONValue.string)) }
        properties["when"] = contribution.when.map { .string($0.text) }
        properties["lang"] = contribution.language.map(JSONValue.string)
        properties["precision"] = .string(contribution.precision.rawValue)
        properties["author"] = contribution.author.map(JSONValue.string)
        properties["licence"] = contribution.licence.map(JSONValue.string)
        for member in contribution.properties.members {
            properties[member.name] = try JSONParser.parse(Array(member.json.utf8))
        }
        return properties
    }

    /// Properties with a meaning of ours; no free property may bear one of these names.
    static let ownProperties: Set<String> = [
        "kind", "title", "text", "theme", "when", "lang", "precision", "author", "licence",
    ]

    /// What this service works out itself and ignores in what it is sent.
    static let derivedProperties: Set<String> = [
        "id", "links", "cell", "precision_m", "generalisation", "month", "distance",
    ]
}
