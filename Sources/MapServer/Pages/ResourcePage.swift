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
        guard request.headers[.accept] != nil else { return false }
        let offers = route.offers.map { (key: $0 == MediaType.page ? "html" : "other", value: $0) }
        return try MediaChoice.of(request, offers, byDefault: "other") == "html"
    }

    func reply(to request: RouteRequest, _ route: Route) async throws -> Reply {
        switch self {
        case .document: try await document(request, route)
        case .features: try MapPageRoutes.features(request)
        case .feature: try MapPageRoutes.feature(request)
        }
    }

    private func document(_ request: RouteRequest, _ route: Route) async throws -> Reply {
        let reply = try await route.handler(request.forPrograms())
        guard reply.status == .ok, case .bytes(let bytes) = reply.body else { return reply }
        var document = try JSONParser.parse(bytes)
        // Sealed for programs: people read nothing in it, and a page with it would be another each time.
        if case .object(var members) = document {
            members["cursor"] = nil
            document = .object(members)
        }
        let frame = try PageFrame(request)
        let summary = route.operation.map(frame.words.summary)
        let name = document["title"]?.text ?? document["id"]?.text
        let json = request.forPrograms().parameters.replacing("f", with: "json")
        var values: [String: Any] = [
            "title": name ?? summary?.text ?? "Lieudit", "isNamed": name != nil, "address": request.path,
            "body": DocumentMarkup(document, frame).html, "json": "\(request.publicURL)\(request.path)?\(json)",
        ]
        // Where the document has a name of its own, what it is stands below.
        if name != nil { values["summary"] = summary?.text }
        values["summaryLanguage"] = summary?.language.rawValue
        values["layer"] = request.captures["layer"]
        var page = try request.site.pages.reply("document", values, in: frame)
        page.headers[.cacheControl] = reply.headers[.cacheControl]
        if reply.entityTag == nil { page.entityTag = nil }
        return page
    }
}
