import Contributions
import Curation
import HTTPTypes
import Hummingbird
import MapFormats
import NIOCore

/// The form of `/contribute` as a browser without scripts sends it: words, and no place. It goes the way of
/// `POST /collections/{layer}/items`, whose rules and refusals are the only ones.
enum GivenForm {
    /// `POST /contribute/{layer}`
    static func take(_ request: RouteRequest) async throws -> Reply {
        let layer = try request.layer()
        let frame = try PageFrame(request)
        let fields = try QueryParameters(String(decoding: try await request.body.bytes(), as: UTF8.self))
        var call = request
        call.headers[.acceptLanguage] = frame.language.rawValue
        call.body = IncomingBody(
            RequestBody(buffer: ByteBuffer(bytes: feature(fields).bytes)), patience: .seconds(1))
        do {
            let reply = try await ContributionRoutes.contribute(call)
            guard case .bytes(let bytes) = reply.body else { throw WebError.noSuchPage }
            return try receipt(JSONParser.parse(bytes), layer, request, frame)
        } catch {
            let problem = Problem(error, in: frame.language)
            guard problem.status.kind == .clientError else { throw error }
            var page = try ContributePage.page(request, with: values(fields, problem))
            page.status = problem.status
            page.entityTag = nil
            return page
        }
    }

    /// What the fields say, as a program would have sent it.
    private static func feature(_ fields: QueryParameters) -> JSONObject {
        var properties: JSONObject = ["precision": "none", "consent": .boolean(fields["consent"] == "yes")]
        for name in ["kind", "title", "text", "when", "author", "age_band", "invitation", "encounter"] {
            if let value = fields[name], !value.isEmpty { properties[name] = .string(value) }
        }
        let licence = fields["licence"].flatMap { $0.isEmpty ? nil : JSONValue.string($0) }
        properties["consents"] = ["partners": .boolean(fields["partners"] == "yes"), "licence": licence ?? .null]
        return ["type": "Feature", "geometry": .null, "properties": .object(properties)]
    }

    private static func receipt(
        _ told: JSONValue, _ layer: PublishedLayer, _ request: RouteRequest, _ frame: PageFrame
    ) throws -> Reply {
        let state = told["state"]?.text ?? ""
        var values: [String: Any] = [
            "id": layer.identifier.text, "title": layer.layer.title, "code": told["receipt"]?["code"]?.text ?? "",
            "link": told["receipt"]?["link"]?.text ?? "", "typedAt": "\(request.publicURL)/mine",
            "standing": frame.words["receipt", state] ?? "",
        ]
        if let parent = told["parent"] {
            values["parentCode"] = parent["code"]?.text
            values["parentLink"] = parent["link"]?.text
        }
        var reply = try request.site.pages.reply("given", values, in: frame)
        reply.status = .created
        reply.entityTag = nil
        return reply
    }

    /// What was typed, and what is wrong with it, each beside its field.
    private static func values(_ fields: QueryParameters, _ problem: Problem) -> [String: Any] {
        var given: [String: Any] = [:]
        for (name, value) in fields.values { given[name] = value }
        var faults: [String: Any] = [:]
        for fault in problem.faults {
            faults[field(fault["pointer"]?.text ?? "")] = fault["detail"]?.text
        }
        if faults.isEmpty { faults["all"] = problem.detail }
        return ["given": given, "faults": faults]
    }

    private static func field(_ pointer: String) -> String {
        let name = pointer.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        return switch name {
        case "age_band": "age"
        case "title", "text", "when", "author", "consent", "invitation", "encounter": name
        case "consents": "licence"
        default: "all"
        }
    }
}
