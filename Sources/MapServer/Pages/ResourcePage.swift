import Contributions
import HTTPTypes
import MapFormats
import SpatialIndex

/// How a resource of the API is shown to people: the same content as for programs, as a page.
enum ResourcePage: Sendable {
    /// Any document: its members, and its links to follow.
    case document
    /// A page of features: the list and the map.
    case features
    /// One feature, with the map around it.
    case feature

    /// Whether HTML is what the client likes best.
    func isWanted(_ request: RouteRequest, _ route: Route) throws(WebError) -> Bool {
        if let format = request.parameters["f"] { return format == "html" }
        let types = route.operation?.answers.map(\.mediaType).filter { $0 != "text/html" } ?? []
        let offers = types.map { (key: "json", value: $0) } + [(key: "json", value: MediaType.json), (key: "html", value: "text/html")]
        return try MediaChoice.of(request, offers, byDefault: "json") == "html"
    }

    func reply(to request: RouteRequest, _ route: Route) async throws -> Reply {
        switch self {
        case .document: try await document(request, route)
        case .features: try MapPageRoutes.features(request.forPrograms())
        case .feature: try MapPageRoutes.feature(request.forPrograms())
        }
    }

    private func document(_ request: RouteRequest, _ route: Route) async throws -> Reply {
        let reply = try await route.handler(request.forPrograms())
        guard reply.status == .ok, case .bytes(let bytes) = reply.body else { return reply }
        let document = try JSONParser.parse(bytes)
        let others = request.parameters.replacing("f", with: "json")
        return try request.site.pages.reply(
            "document",
            [
                "title": document["title"]?.text ?? document["id"]?.text ?? "Lieudit",
                "address": route.template, "summary": route.operation?.summary ?? "",
                "body": DocumentMarkup(document).html, "json": "\(request.publicURL)\(request.path)?\(others)",
            ])
    }
}
