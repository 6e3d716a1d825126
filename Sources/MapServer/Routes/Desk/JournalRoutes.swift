import Contributions
import Curation
import MapFormats
import SpatialDatabase

/// `GET /moderation/journal`: who has done what. It holds no words of a contribution and no reasons.
enum JournalRoutes {
    static let parameters: [Parameter] = [.layer, .limit, .cursor]

    static func list(_ request: RouteRequest) throws -> Reply {
        let token = try request.requireToken()
        guard token.role != .partner else { throw CurationError.unknownContribution }
        let parser = FeatureQueryParser(parameters: request.parameters)
        let layer = try parser.value(.layer) { try? LayerIdentifier($0) } ?? token.layer
        if let layer {
            guard token.mayReview(layer), request.site.layers[layer] != nil else {
                throw CurationError.unknownContribution
            }
        }
        let before = try parser.value(.cursor) { Int64($0) }
        let limit = try parser.limit()
        let store = request.site.layers.store
        let reach = layer.map(JournalReach.layer) ?? (token.role == .operator ? .everything : .layers)
        let page = try store.journal(reach, before: before, limit: limit)
        let people = Dictionary(uniqueKeysWithValues: try store.tokens().map { ($0.identifier.description, $0) })
        var document: JSONObject = [
            "entries": .array(page.map { entry($0.number, $0.entry, people, token) }),
            "next": page.count == limit ? page.last.map { .string(String($0.number)) } ?? .null : .null,
        ]
        // The whole chain is gone through, so only once for who leafs through it.
        if before == nil {
            let broken = try store.firstBreakOfJournal()
            document["whole"] = .boolean(broken == nil)
            document["broken_at"] = broken.map(JSONValue.integer)
        }
        return Reply(.bytes(document.bytes), mediaType: MediaType.json)
    }

    private static func entry(
        _ number: Int64, _ entry: JournalEntry, _ people: [String: AccessToken], _ reader: AccessToken
    ) -> JSONValue {
        var document: JSONObject = [
            "number": .integer(number), "at": OwnDocument.moment(entry.moment), "actor": .string(entry.actor),
            "act": .string(entry.act), "subject": .string(entry.subject), "detail": .string(entry.detail),
            "layer": entry.layer.map { .string($0.text) } ?? .null,
        ]
        if let person = people[entry.actor] {
            document["who"] = ["role": .string(person.role.rawValue), "label": .string(person.label)]
            document["own"] = .boolean(person.identifier == reader.identifier)
        }
        return .object(document)
    }
}
