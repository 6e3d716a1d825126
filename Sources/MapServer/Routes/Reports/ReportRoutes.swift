import Contributions
import Curation
import HTTPTypes
import MapFormats
import SpatialDatabase

/// What people report, and what curators do about it.
enum ReportRoutes {
    static let listParameters: [Parameter] = [.layer, .limit, .cursor]

    /// `POST /collections/{layer}/items/{id}/reports`
    static func report(_ request: RouteRequest) async throws -> Reply {
        let layer = try request.layer().identifier
        try request.takeWrite()
        let report = try ReportReader.read(await request.body.bytes())
        guard let identifier = PublicIdentifier(try request.capture("id")) else {
            throw CurationError.unknownContribution
        }
        let acceptance = try await request.site.participation.report(
            report, about: identifier, in: layer, at: request.now)
        let address = "\(request.publicURL)/reports/\(acceptance.reference)"
        let receipt = acceptance.receipt
        return Reply(
            .bytes(
                JSONObject.encoded([
                    "reference": .string(acceptance.reference.description), "state": "open",
                    "receipt": OwnDocument.receipt(receipt, link: "\(address)#\(receipt.token.text)"),
                ])), mediaType: MediaType.json, status: .created, headers: [.location: address])
    }

    /// `GET /reports/{reference}` with the token or the paper code of its receipt in hand.
    static func own(_ request: RouteRequest) throws -> Reply {
        guard let bearer = request.bearer else { throw WebError.unauthorized }
        let report = try request.site.participation.report(try reference(request), openedBy: bearer)
        return Reply(ReportDocument.own(report, Language(of: request.headers)), mediaType: MediaType.json)
    }

    /// `GET /moderation/reports`
    static func list(_ request: RouteRequest) throws -> Reply {
        let token = try request.requireToken()
        guard token.role != .partner else { throw CurationError.unknownContribution }
        let parser = FeatureQueryParser(parameters: request.parameters)
        let asked = try parser.value(.layer) { try? LayerIdentifier($0) }
        let layer = asked ?? token.layer
        if let layer {
            guard token.mayReview(layer), request.site.layers[layer] != nil else {
                throw CurationError.unknownContribution
            }
        }
        let place = try parser.value(.cursor) { ReportPlace($0) }
        let limit = try parser.limit()
        let (page, oldest) = try request.site.participation.reports(in: layer, after: place, limit: limit)
        let language = Language(of: request.headers)
        let next = page.count == limit ? page.last.map { ReportPlace($0.report).text } : nil
        return Reply(
            JSONObject.encoded([
                "oldest_days": oldest.map { .integer(max(0, request.now - $0) / 86_400) } ?? .null,
                "items": .array(try page.map { try ReportDocument.entry($0, language) }),
                "next": next.map(JSONValue.string) ?? .null,
            ]), mediaType: MediaType.json)
    }

    /// `POST /moderation/reports/{reference}/decision`
    static func decide(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        let reference = try reference(request)
        let body = try ReportDecisionBody(await request.body.bytes(), also: ["outcome"])
        let report = try await request.site.participation.decide(
            try body.outcome(), aboutReport: reference, reasons: try body.reasons(), by: token, at: request.now)
        if report.outcome == .withdrawnAtTheirWord { request.site.upkeep.forgetSoon() }
        return Reply(
            .bytes(ReportDocument.own(report, Language(of: request.headers))), mediaType: MediaType.json)
    }

    /// `POST /moderation/items/{id}/receipt`
    static func reissueReceipt(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        guard let identifier = PublicIdentifier(try request.capture("id")) else {
            throw CurationError.unknownContribution
        }
        let body = try ReportDecisionBody(await request.body.bytes(), also: ["face_to_face"])
        try body.requireFaceToFace()
        let (receipt, handle) = try await request.site.participation.reissueReceipt(
            of: identifier, reasons: try body.reasons(), by: token, at: request.now)
        request.site.visits.end(handle)
        return Reply(
            .bytes(
                JSONObject.encoded([
                    "id": .string(identifier.description),
                    "receipt": OwnDocument.receipt(receipt, link: "\(request.publicURL)/mine#\(receipt.token.text)"),
                ])), mediaType: MediaType.json)
    }

    private static func reference(_ request: RouteRequest) throws -> PublicIdentifier {
        guard let reference = PublicIdentifier(try request.capture("reference")) else {
            throw CurationError.unknownContribution
        }
        return reference
    }
}
