import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats

/// What curators do with what came in.
enum ModerationRoutes {
    static let queueParameters: [Parameter] = [.limit, .cursor]

    /// `GET /moderation/{layer}/queue`
    static func queue(_ request: RouteRequest) throws -> Reply {
        let layer = try LayerIdentifier(request.capture("layer"))
        let token = try request.requireToken()
        guard token.mayReview(layer), request.site.layers[layer] != nil else { throw CurationError.unknownContribution }
        let parser = FeatureQueryParser(parameters: request.parameters)
        let after = try parser.value(.cursor) { PublicIdentifier($0) }
        let limit = try parser.limit()
        let waiting = try request.site.participation.queue(of: layer, after: after, limit: limit)
        let next = waiting.count == limit ? waiting.last.map { JSONValue.string($0.identifier.description) } : nil
        return Reply(
            JSONObject.encoded([
                "items": .array(try waiting.map(entry)), "next": next ?? .null,
            ]), mediaType: MediaType.json)
    }

    private static func entry(_ waiting: OwnContribution) throws -> JSONValue {
        [
            "id": .string(waiting.identifier.description), "revision": .integer(Int64(waiting.revision)),
            "state": .string(waiting.state.rawValue), "changed": .boolean(waiting.isChangeWaiting), "flags": [],
            "feature": try JSONParser.parse(try waiting.feature()),
        ]
    }

    /// `POST /moderation/items/{id}/decision`
    static func decide(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        guard let identifier = PublicIdentifier(try request.capture("id")) else {
            throw CurationError.unknownContribution
        }
        let body = try SubmissionReader.value(await request.body.bytes())
        let asked = try DecisionBody(body, localTime: request.site.localTime)
        let outcome = try await request.site.participation.decide(
            asked.decision, about: identifier, reasons: asked.reasons, revision: asked.revision, by: token,
            at: request.now)
        return Reply(
            .bytes(
                JSONObject.encoded([
                    "id": .string(outcome.identifier.description), "state": .string(outcome.state.rawValue),
                ])), mediaType: MediaType.json)
    }
}

/// What a curator has sent, read.
private struct DecisionBody {
    let decision: Decision
    let reasons: String
    let revision: Int?

    private static let names = ["publish", "reject", "hide", "coarsen"]
    private static let members: Set<String> = ["decision", "reasons", "revision", "precision", "from"]

    /// - Throws: `SubmissionError`.
    init(_ value: JSONValue, localTime: LocalTime) throws(SubmissionError) {
        guard case .object(let body) = value else { throw Self.fault("", .wrongType) }
        for member in body.members where !Self.members.contains(member.name) {
            throw Self.fault(SubmissionFault.pointer(toMember: member.name), .unknownMember)
        }
        reasons = try Self.reasons(body["reasons"])
        revision = try Self.revision(body["revision"])
        switch body["decision"] {
        case "publish": decision = .publish(from: try Self.moment(body["from"], localTime))
        case "reject": decision = .reject
        case "hide": decision = .hide
        case "coarsen":
            let offered = [Precision.about, .wide, .none]
            guard let precision = body["precision"]?.text.flatMap(Precision.init), offered.contains(precision) else {
                throw Self.fault("/precision", .notOneOf(offered.map(\.rawValue)))
            }
            decision = .coarsen(precision)
        case nil: throw Self.fault("/decision", .missing)
        default: throw Self.fault("/decision", .notOneOf(Self.names))
        }
    }

    private static func reasons(_ value: JSONValue?) throws(SubmissionError) -> String {
        guard let value, value != .null else { return "" }
        guard let text = value.text else { throw fault("/reasons", .wrongType) }
        if text.count > ContributionLimits.text {
            throw fault("/reasons", .tooLong(characters: text.count, limit: ContributionLimits.text))
        }
        if let hidden = PlainText.fault(in: text) { throw fault("/reasons", .init(hidden)) }
        return text
    }

    private static func revision(_ value: JSONValue?) throws(SubmissionError) -> Int? {
        switch value {
        case nil, .null: return nil
        case .integer(let number)?: return Int(number)
        default: throw fault("/revision", .wrongType)
        }
    }

    /// A day begins where the instance stands.
    private static func moment(_ value: JSONValue?, _ localTime: LocalTime) throws(SubmissionError) -> Int64? {
        guard let value, value != .null else { return nil }
        guard let date = value.text.flatMap({ try? ExtendedDate($0) }) else { throw fault("/from", .notADate) }
        return localTime.start(of: date)
    }

    private static func fault(_ pointer: String, _ problem: SubmissionFault.Problem) -> SubmissionError {
        .faults([SubmissionFault(pointer, problem)])
    }
}
