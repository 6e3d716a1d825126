import Contributions
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
        let frame = try PageFrame(request)
        let operations = RouteTable.routes.compactMap { route -> [String: Any]? in
            guard let operation = route.operation else { return nil }
            let summary = frame.words.summary(of: operation)
            let parameters = route.parameters.map { parameter -> [String: Any] in
                let expected = frame.words.expectation(of: parameter)
                return ["name": parameter.name, "expected": expected.text, "lang": expected.language.rawValue]
            }
            return [
                "address": route.template, "summary": summary.text, "lang": summary.language.rawValue,
                "types": operation.answers.map(\.mediaType), "parameters": parameters,
                "hasParameters": !parameters.isEmpty,
            ]
        }
        return try request.site.pages.reply("api", ["operations": operations], in: frame)
    }
}
