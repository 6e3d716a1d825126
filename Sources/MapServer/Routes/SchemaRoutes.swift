import Contributions
import Curation
import HTTPTypes
import MapFormats

/// What may be asked of a layer, what it may be sorted by and what comes back, as JSON Schema.
enum SchemaRoutes {
    /// `GET /collections/{layer}/queryables`
    static func queryables(_ request: RouteRequest) throws -> Reply { try reply(request, .queryables) }

    /// `GET /collections/{layer}/sortables`
    static func sortables(_ request: RouteRequest) throws -> Reply { try reply(request, .sortables) }

    /// `GET /collections/{layer}/schema`
    static func schema(_ request: RouteRequest) throws -> Reply { try reply(request, .returnables) }

    /// A schema has no place for links of its own, so that they stand in the header.
    private static func reply(_ request: RouteRequest, _ schema: LayerSchema) throws -> Reply {
        let layer = try request.layer()
        let offers: KeyValuePairs = ["json": MediaType.schema, "json": MediaType.json]
        _ = try MediaChoice.of(request, offers, byDefault: "json")
        let collection = "\(request.publicURL)/collections/\(layer.identifier)"
        let address = "\(collection)/\(schema.rawValue)"
        let links = [
            Link("self", address, type: MediaType.schema),
            Link("alternate", "\(address)?f=html", type: MediaType.page),
            Link("collection", collection, type: MediaType.json),
        ]
        return Reply(
            schema.document(of: layer, at: collection).bytes, mediaType: MediaType.schema,
            headers: [.link: Link.field(links)])
    }
}

extension RouteTable {
    /// OGC API – Common – Part 3: schemas.
    static let schemas = [
        Route(
            "/collections/{layer}/queryables", .queryables, [.format("json", "html")], page: .document,
            SchemaRoutes.queryables),
        Route(
            "/collections/{layer}/sortables", .sortables, [.format("json", "html")], page: .document,
            SchemaRoutes.sortables),
        Route(
            "/collections/{layer}/schema", .schema, [.format("json", "html")], page: .document, SchemaRoutes.schema),
    ]
}

extension Operation {
    static let queryables = schema("queryables", "The properties that features of a layer may be asked by")
    static let sortables = schema("sortables", "The properties that features of a layer may be sorted by")
    static let schema = schema("schema", "The properties that features of a layer have")

    private static func schema(_ identifier: String, _ summary: String) -> Operation {
        Operation(
            identifier, summary, Answer(MediaType.schema, .propertySchema), Answer("text/html", .opaque))
    }
}

extension MediaType {
    static let schema = "application/schema+json"
}
