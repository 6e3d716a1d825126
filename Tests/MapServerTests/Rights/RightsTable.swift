import HTTPTypes
import HummingbirdTesting
import MapFormats

@testable import MapServer

/// Who may do what, written down route by route: a route that is not here has not been thought about, and the
/// matrix says so.
struct RightsTable {
    /// Whether this visitor is let in to what stands so; nil for a route that is not about one thing.
    typealias Rule = @Sendable (Visitor, Standing?) -> Bool

    static func rule(of route: Route) -> Rule? { rules["\(route.method.rawValue) \(route.template)"] }

    /// Whether it is about one contribution, in its address or in what is sent.
    static func isAboutOne(_ route: Route) -> Bool {
        route.captureNames.contains("id") || route.template == "/receipts"
    }

    /// The address that is asked; nil for one that asks nothing of a layer.
    static func address(of route: Route, _ identifier: String?) -> String? {
        let values = [
            "layer": "fabrique", "id": identifier ?? "", "style": "lieudit", "z": "0", "x": "0", "y": "0",
            "tileMatrix": "0", "tileRow": "0", "tileCol": "0", "file": "map.js", "font": "Noto%20Sans%20Regular",
            "range": "0-255",
        ]
        // A cluster is named by what it holds.
        if route.captureNames.contains("cluster") { return nil }
        return route.captureNames.reduce(route.template) { $0.replacing("{\($1)}", with: values[$1] ?? "") }
    }

    /// What is sent along, sound in itself, so that only who asks decides.
    static func body(of route: Route, _ thing: RightsWorld.Thing?) -> String? {
        switch (route.method, route.template) {
        case (.post, "/collections/{layer}/items"), (.put, "/collections/{layer}/items/{id}"): Fabrique.body()
        case (.patch, _): #"{"properties":{"title":"Autrement"}}"#
        case (.post, "/moderation/items/{id}/decision"): #"{"decision":"publish"}"#
        case (.post, "/receipts"): #"{"token":"\#(thing?.receipt ?? "0123456789abcdefghjkmnpqrs")"}"#
        default: nil
        }
    }

    /// The names of the properties of every feature that an answer holds, and of what stands beside them.
    static func properties(in response: TestResponse) -> Set<String> {
        guard response.mediaType?.contains("json") == true, let value = try? JSONParser.parse(response.bytes) else {
            return []
        }
        return properties(in: value)
    }

    static func properties(in value: JSONValue) -> Set<String> {
        switch value {
        case .array(let values): return values.reduce(into: []) { $0.formUnion(properties(in: $1)) }
        case .object(let object):
            if object["type"] == "Feature" {
                let own = object["properties"]?.object?.members.map(\.name) ?? []
                return Set(own + object.members.map(\.name))
            }
            return object.members.reduce(into: []) { $0.formUnion(properties(in: $1.value)) }
        default: return []
        }
    }

    /// What a feature may hold that anybody reads.
    static let publicProperties: Set<String> = [
        "type", "id", "geometry", "properties", "links", "distance", "kind", "title", "text", "theme", "when", "lang",
        "precision", "precision_m", "cell", "generalisation", "author", "licence", "month", "cluster", "cluster_id",
        "point_count", "point_count_abbreviated", "expansion_zoom", "collection",
    ]

    /// What an author reads of their own beside it.
    private static let ownProperties: Set<String> = ["state", "revision", "change_waiting", "is_public", "decisions"]

    /// What a visitor may read there of what they are let in to.
    static func properties(for route: Route, _ visitor: Visitor) -> Set<String> {
        visitor == .author ? publicProperties.union(ownProperties) : publicProperties
    }

    private static let there: Set<Standing> = [.pending, .published, .rejected, .hidden]
    private static let reviewers: Set<Visitor> = [.curatorHere, .curatorEverywhere, .operator]

    /// With nothing in hand what is public, with the receipt one's own; whoever shows another secret has asked for
    /// something that it does not open.
    private static let reading: Rule = { visitor, standing in
        switch visitor {
        case .nobody: standing == .published
        case .author: standing.map(there.contains) ?? true
        default: false
        }
    }
    private static let author: Rule = { visitor, standing in
        visitor == .author && standing.map(there.contains) ?? true
    }
    private static let reviewing: Rule = { visitor, standing in
        reviewers.contains(visitor) && standing.map(there.contains) ?? true
    }
    /// Anybody, and whoever shows a secret there shows one that is a token.
    private static let contributing: Rule = { visitor, _ in
        ![.author, .anotherAuthor, .formerCurator, .stranger].contains(visitor)
    }

    private static let rules: [String: Rule] = [
        "GET /collections/{layer}/items/{id}": reading,
        "GET /collections/{layer}/items/{id}/mine": author,
        "PUT /collections/{layer}/items/{id}": author,
        "PATCH /collections/{layer}/items/{id}": author,
        "DELETE /collections/{layer}/items/{id}": author,
        "POST /collections/{layer}/items": contributing,
        "GET /moderation/{layer}/queue": reviewing,
        "POST /moderation/items/{id}/decision": reviewing,
        "POST /receipts": { _, standing in standing.map(there.contains) ?? false },
    ]
}
