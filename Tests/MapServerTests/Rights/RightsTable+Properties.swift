import HummingbirdTesting
import MapFormats

@testable import MapServer

/// What a feature may say to whom.
extension RightsTable {
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
        "point_count", "point_count_abbreviated", "expansion_zoom", "collection", "hours", "prompt", "encounter_state",
        "encounter",
    ]

    /// What an author reads of their own beside it.
    private static let ownProperties: Set<String> = [
        "state", "revision", "change_waiting", "is_public", "decisions", "question", "answer",
    ]

    /// What a visitor may read there of what they are let in to.
    static func properties(for visitor: Visitor, at route: Route) -> Set<String> {
        // A curator's export marks how each stands.
        if route.template.hasPrefix("/moderation/{layer}/export.") { return publicProperties.union(["state"]) }
        return visitor == .author ? publicProperties.union(ownProperties) : publicProperties
    }
}
