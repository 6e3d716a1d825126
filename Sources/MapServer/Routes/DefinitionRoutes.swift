import MapFormats
import Projections

/// What this server promises: its conformance classes and its API definition.
enum DefinitionRoutes {
    /// `GET /conformance`
    static func conformance(_ request: RouteRequest) throws -> Reply {
        _ = try MediaChoice.of(request, ["json": MediaType.json], byDefault: "json")
        let document: JSONObject = ["conformsTo": .array(ConformanceClass.declared.map(JSONValue.string))]
        return Reply(document.bytes, mediaType: MediaType.json)
    }

    /// `GET /api`
    static func definition(_ request: RouteRequest) throws -> Reply {
        let offers: KeyValuePairs = [
            "json": "application/vnd.oai.openapi+json", "json": MediaType.json, "html": "text/html",
        ]
        if try MediaChoice.of(request, offers, byDefault: "json") == "html" { return try page(request) }
        let definition = APIDefinition(
            publicURL: request.publicURL, routes: RouteTable.routes,
            referenceSystems: request.site.referenceSystems.all.map(\.uri))
        return Reply(definition.document.bytes, mediaType: MediaType.definition)
    }

    /// The same for people to read.
    private static func page(_ request: RouteRequest) throws -> Reply {
        let operations = RouteTable.routes.compactMap { route -> [String: Any]? in
            guard let operation = route.operation else { return nil }
            return [
                "address": route.template, "summary": operation.summary,
                "types": operation.answers.map(\.mediaType),
                "parameters": route.parameters.map { ["name": $0.name, "expected": $0.expected] },
                "hasParameters": !route.parameters.isEmpty,
            ]
        }
        return try request.site.pages.reply("api", ["operations": operations])
    }
}
