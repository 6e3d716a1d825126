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
        of contribution: Contribution, identifier: PublicIdentifier, month: String? = nil
    ) throws -> Publication {
        try publication(of: contribution, identifier: identifier, month: month, facet: .none)
    }

    static func publication(
        of contribution: Contribution, identifier: PublicIdentifier, month: String?, facet: PublicFacet
    ) throws -> Publication {
        var bytes: [UInt8] = []
        let offset = writer.append(
            GeoJSONFeature(
                identifier: identifier.description, geometry: contribution.geometry,
                properties: try properties(of: contribution, month: month, facet: facet)),
            to: &bytes)
        return Publication(
            identifier: identifier, contribution: contribution, feature: bytes, propertiesOffset: offset)
    }

    /// The public properties in the order in which they are written; what is absent is left out.
    /// - Parameter month: in which it first became public, such as `2026-11`.
    static func properties(
        of contribution: Contribution, month: String? = nil, facet: PublicFacet = .none
    ) throws -> JSONObject {
        var properties = JSONObject()
        properties["kind"] = .string(contribution.kind.rawValue)
        properties["title"] = .string(contribution.title)
        if !contribution.text.isEmpty { properties["text"] = .string(contribution.text) }
        if !contribution.themes.isEmpty { properties["theme"] = .array(contribution.themes.map(JSONValue.string)) }
        properties["when"] = contribution.when.map { .string($0.text) }
        properties["lang"] = contribution.language.map(JSONValue.string)
        properties["precision"] = .string(contribution.precision.rawValue)
        if let cell = contribution.cell {
            properties["precision_m"] = .integer(Int64(cell.side.metres))
            properties["cell"] = .string(cell.name)
            properties["generalisation"] = .string(generalisation(cell))
        }
        properties["author"] = contribution.author.map(JSONValue.string)
        properties["licence"] = contribution.licence.map(JSONValue.string)
        properties["month"] = month.map(JSONValue.string)
        facet.write(to: &properties, of: contribution.kind)
        guard contribution.properties != .none,
            case .object(let free) = try JSONParser.parse(Array(contribution.properties.json.utf8))
        else { return properties }
        for member in free.members { properties[member.name] = member.value }
        return properties
    }

    /// How the position was treated, in words that travel with it (`privacy.md`, P19).
    private static func generalisation(_ cell: GridCell) -> String {
        let side = cell.side.metres < 1_000 ? "\(cell.side.metres) m" : "\(cell.side.metres / 1_000) km"
        return "carreau \(side) EPSG:\(cell.grid.rawValue)"
    }

    /// Properties with a meaning of ours; no free property may bear one of these names.
    static let ownProperties: Set<String> = [
        "kind", "title", "text", "theme", "when", "lang", "precision", "author", "licence", "hours", "prompt",
        "encounter_state", "encounter", "reveals",
    ]

    /// What this service works out itself and ignores in what it is sent.
    static let derivedProperties: Set<String> = [
        "id", "links", "cell", "precision_m", "generalisation", "month", "distance",
    ]
}
