import Contributions
import Curation
import MapFormats
import SpatialDatabase

/// What whoever keeps a copy of a layer has to add, to read again and to forget.
enum ChangeRoutes {
    static let parameters: [Parameter] = [.since, .limit, .format("json", "html")]

    /// `GET /changes/{layer}`
    static func changes(_ request: RouteRequest) async throws -> Reply {
        _ = try MediaChoice.of(request, ["json": MediaType.json], byDefault: "json")
        let layer = try request.layer().identifier
        let parser = FeatureQueryParser(parameters: request.parameters)
        let limit = try parser.limit()
        let store = request.site.layers.store
        let (key, page) = try store.read { transaction in
            let key = try transaction.instanceKey()
            let position = try parser.value(.since) { FeedCursor.position($0, in: layer, key) }
            return (key, try transaction.changes(in: layer, from: position, limit: limit, at: request.now))
        }
        guard let page else { throw WebError.changesNotKept }
        // What is named here is there when it is asked for next.
        try await store.untilShown()
        return reply(request, layer, page, next: FeedCursor.text(of: page.next, in: layer, key))
    }

    private static func reply(
        _ request: RouteRequest, _ layer: LayerIdentifier, _ page: FeedPage, next: String
    ) -> Reply {
        let content: JSONObject = [
            "added": list(page.added), "changed": list(page.changed), "withdrawn": list(page.withdrawn),
        ]
        var document = content
        document["cursor"] = .string(next)
        document["links"] = Link.array(links(request, layer, next: page.hasMore ? next : nil))
        var reply = Reply(document.bytes, mediaType: MediaType.json)
        // Of what is public alone: an older cursor is as good, and tells the same again.
        reply.entityTag = .weak(
            ContentHash.of(content.bytes + Array("\(page.hasMore) \(request.parameters.text)".utf8)))
        return reply
    }

    private static func links(_ request: RouteRequest, _ layer: LayerIdentifier, next: String?) -> [Link] {
        let address = "\(request.publicURL)/changes/\(layer)"
        let since = request.parameters.replacing(Parameter.since.name, with: next ?? "")
        return (next == nil ? [] : [Link("next", "\(address)?\(since)", type: MediaType.json)]) + [
            Link("self", request.address, type: MediaType.json),
            Link("alternate", "\(address)?\(request.parameters.replacing("f", with: "html"))", type: MediaType.page),
            Link("collection", "\(request.publicURL)/collections/\(layer)", type: MediaType.json),
            Link("items", "\(request.publicURL)/collections/\(layer)/items", type: MediaType.geoJSON),
        ]
    }

    private static func list(_ identifiers: [PublicIdentifier]) -> JSONValue {
        .array(identifiers.map { .string($0.description) })
    }
}

extension Parameter {
    static let since = Parameter(
        name: "since", expected: "the cursor of an earlier answer about this layer, as it was given")
}

extension Operation {
    static let changes = Operation(
        "changes", "What to add, to read again and to forget in a copy of a layer", Answer(MediaType.json, .changes),
        Answer("text/html", .opaque))
}

extension RouteTable {
    /// For copies that stay true.
    static let changes = [
        Route("/changes/{layer}", .changes, ChangeRoutes.parameters, page: .document, ChangeRoutes.changes)
    ]
}

extension Link {
    /// Where a copy of a layer learns what has changed; "monitor" is registered by RFC 5989.
    static func changes(of layer: LayerIdentifier, at publicURL: String) -> Link {
        Link("monitor", "\(publicURL)/changes/\(layer)", type: MediaType.json)
    }
}
