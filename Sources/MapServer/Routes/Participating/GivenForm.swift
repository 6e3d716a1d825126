import Contributions
import Curation
import HTTPTypes
import Hummingbird
import MapFormats
import NIOCore

/// The form of `/contribute` as a browser without scripts sends it: words, and no place.
///
/// The first time it comes back as what will show, with a key; with the key it goes the way of
/// `POST /collections/{layer}/items`, whose rules and refusals are the only ones. So a button pressed twice gives once.
enum GivenForm {
    /// `POST /contribute/{layer}`
    static func take(_ request: RouteRequest) async throws -> Reply {
        let layer = try request.layer()
        let framing = try ContributeFraming(request)
        let frame = try PageFrame(framing.request)
        let fields = try QueryParameters(String(decoding: try await request.body.bytes(), as: UTF8.self))
        do {
            if fields["key"] == nil { return try GivenPreview.page(fields, feature(fields), layer, framing, frame) }
            let reply = try await ContributionRoutes.contribute(call(fields, request, frame))
            guard case .bytes(let bytes) = reply.body else { throw WebError.noSuchPage }
            return try receipt(JSONParser.parse(bytes), layer, framing, frame)
        } catch {
            let problem = Problem(error, in: frame.language)
            guard problem.status.kind == .clientError else { throw error }
            var page = try ContributePage.page(request, with: values(fields, problem))
            page.status = problem.status
            page.entityTag = nil
            return page
        }
    }

    /// The same, as a program would have sent it.
    private static func call(
        _ fields: QueryParameters, _ request: RouteRequest, _ frame: PageFrame
    ) -> RouteRequest {
        var call = request
        call.headers[.acceptLanguage] = frame.language.rawValue
        call.headers[RouteRequest.idempotencyKeyName] = fields["key"]
        call.body = IncomingBody(
            RequestBody(buffer: ByteBuffer(bytes: feature(fields).bytes)), patience: .seconds(1))
        return call
    }

    /// What the fields say, as a program would have said it.
    private static func feature(_ fields: QueryParameters) -> JSONObject {
        var properties: JSONObject = ["precision": "none", "consent": .boolean(fields["consent"] == "yes")]
        for name in ["kind", "title", "text", "when", "author", "age_band", "invitation", "lang", "encounter"] {
            if let value = fields[name], !value.isEmpty { properties[name] = .string(value) }
        }
        if let theme = fields["theme"], !theme.isEmpty { properties["theme"] = [.string(theme)] }
        let licence = fields["licence"].flatMap { $0.isEmpty ? nil : JSONValue.string($0) }
        var consents: JSONObject = ["partners": .boolean(fields["partners"] == "yes"), "licence": licence ?? .null]
        consents["version"] = fields["consent_version"].map(JSONValue.string)
        properties["consents"] = .object(consents)
        return ["type": "Feature", "geometry": .null, "properties": .object(properties)]
    }

    private static func receipt(
        _ told: JSONValue, _ layer: PublishedLayer, _ framing: ContributeFraming, _ frame: PageFrame
    ) throws -> Reply {
        let state = told["state"]?.text ?? ""
        let request = framing.request
        var values: [String: Any] = [
            "id": layer.identifier.text, "title": layer.layer.title, "code": told["receipt"]?["code"]?.text ?? "",
            "link": told["receipt"]?["link"]?.text ?? "", "typedAt": "\(request.publicURL)/mine",
            "standing": frame.words["receipt", state] ?? "",
        ]
        if let parent = told["parent"] {
            values["parentCode"] = parent["code"]?.text
            values["parentLink"] = parent["link"]?.text
        }
        values.merge(framing.values(frame)) { _, own in own }
        var reply = try request.site.pages.reply("given", values, in: frame, under: framing.policy)
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
        let parts = pointer.split(separator: "/").dropFirst().map(String.init)
        return switch parts.first {
        case "age_band": "age"
        case "consents": parts.last == "version" ? "consent" : "licence"
        case "title", "text", "when", "author", "consent", "invitation", "theme", "lang", "encounter": parts[0]
        default: "all"
        }
    }
}
