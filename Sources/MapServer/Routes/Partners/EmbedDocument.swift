import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialDatabase
import SpatialIndex

/// An embed as those see it who have made it or answer for it.
enum EmbedDocument {
    static func of(_ embed: Embed, _ request: RouteRequest) -> JSONObject {
        let shown = request.site.layers.embed(embed.key)
        let (pins, look) = (embed.pins, embed.look)
        var document: JSONObject = [
            "key": .string(embed.key.description), "partner": .string(embed.partner.description),
            "layer": .string(embed.layer.text), "title": .string(embed.title), "region": region(pins.region),
            "kinds": kinds(pins.kinds), "themes": .array(pins.themes.map(JSONValue.string)),
            "period": text(pins.period?.text), "style": text(look.style),
            "colours": .object(
                JSONObject(
                    look.colours.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                        ($0.key.rawValue, .string($0.value.text))
                    })), "language": text(look.language?.rawValue), "list": .string(look.list.rawValue),
            "contribute": .boolean(embed.takesContributions), "standing": rule(embed.standing),
            "closed": .boolean(embed.isClosed),
        ]
        if let shown {
            document["shown"] = .integer(Int64(shown.shown.snapshot.count))
            document["origins"] = .array(shown.origins.map { .string($0.text) })
            document["links"] = links(embed, request)
        }
        return document
    }

    static func rule(_ rule: StandingRule?) -> JSONValue {
        guard let rule else { return .null }
        return ["kinds": kinds(rule.kinds), "themes": .array(rule.themes.map(JSONValue.string))]
    }

    private static func links(_ embed: Embed, _ request: RouteRequest) -> JSONValue {
        let own = "\(request.publicURL)/embeds/\(embed.key)"
        let items = "\(request.publicURL)/collections/\(embed.layer)/items?embed=\(embed.key)"
        return Link.array([
            Link("self", own, type: MediaType.json), Link("items", items, type: MediaType.geoJSON),
            Link("related", own + "/waiting", type: MediaType.json, title: "What waits"),
            Link("related", own + "/cleared", type: MediaType.json, title: "What shows"),
            Link("related", own + "/refused", type: MediaType.json, title: "What was refused"),
        ])
    }

    private static func kinds(_ kinds: Set<Kind>) -> JSONValue {
        .array(Kind.allCases.filter(kinds.contains).map { .string($0.rawValue) })
    }

    private static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

    private static func region(_ region: Region?) -> JSONValue {
        switch region?.outline {
        case nil: return .null
        case .box(let box): return .array([box.west, box.south, box.east, box.north].map(JSONValue.number))
        case .polygon(let polygon):
            let ring = polygon.exterior.coordinates.map { place -> JSONValue in
                [.number(place.longitude), .number(place.latitude)]
            }
            return ["type": "Polygon", "coordinates": [.array(ring)]]
        }
    }
}
