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
        let (layer, _) = try reviewed(request)
        let parser = FeatureQueryParser(parameters: request.parameters)
        let after = try parser.value(.cursor) { PublicIdentifier($0) }
        let limit = try parser.limit()
        let participation = request.site.participation
        let waiting = try participation.queue(of: layer, after: after, limit: limit)
        let next = waiting.count == limit ? waiting.last?.identifier : nil
        return Reply(
            .bytes(
                try QueueDocument.page(
                    waiting, next: next, pause: participation.pause(of: layer), in: Language(of: request.headers))),
            mediaType: MediaType.json)
    }

    /// `POST /moderation/items/{id}/decision`
    static func decide(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        guard let identifier = PublicIdentifier(try request.capture("id")) else {
            throw CurationError.nothingToDecide
        }
        let body = try SubmissionReader.value(await request.body.bytes())
        let asked = try DecisionBody(body, localTime: request.site.localTime).request(about: identifier)
        let outcome = try await request.site.participation.decide(asked, by: token, at: request.now)
        forgetTraces(of: [asked], request)
        return Reply(.bytes(outcome.members.bytes), mediaType: MediaType.json)
    }

    /// `POST /moderation/{layer}/decisions`
    static func decideSeveral(_ request: RouteRequest) async throws -> Reply {
        let (layer, token) = try reviewed(request)
        let body = try SubmissionReader.value(await request.body.bytes())
        let asked = try DecisionsBody(body, localTime: request.site.localTime).requests
        let outcomes = try await request.site.participation.decide(asked, in: layer, by: token, at: request.now)
        forgetTraces(of: asked, request)
        return Reply(
            .bytes(JSONObject.encoded(["decisions": .array(outcomes.map { .object($0.members) })])),
            mediaType: MediaType.json)
    }

    /// `POST /moderation/{layer}/pause`
    static func pause(_ request: RouteRequest) async throws -> Reply {
        let (layer, token) = try reviewed(request)
        guard case .object(let body) = try SubmissionReader.value(await request.body.bytes()) else {
            throw SubmissionError.faults([SubmissionFault("", .wrongType)])
        }
        for member in body.members where !["paused", "reasons"].contains(member.name) {
            throw SubmissionError.faults([
                SubmissionFault(SubmissionFault.pointer(toMember: member.name), .unknownMember)
            ])
        }
        guard case .boolean(let isPaused)? = body["paused"] else {
            throw SubmissionError.faults([SubmissionFault("/paused", body["paused"] == nil ? .missing : .wrongType)])
        }
        let pause = Pause(isPaused: isPaused, reasons: try Remark.read(body["reasons"], at: "/reasons"))
        try await request.site.participation.set(pause, of: layer, by: token, at: request.now)
        return Reply(
            .bytes(JSONObject.encoded(["layer": .string(layer.text), "paused": .boolean(isPaused)])),
            mediaType: MediaType.json)
    }

    /// The layer of the address, for who may review there; for all others there is none.
    static func reviewed(_ request: RouteRequest) throws -> (LayerIdentifier, AccessToken) {
        let layer = try LayerIdentifier(request.capture("layer"))
        let token = try request.requireToken()
        guard token.mayReview(layer), request.site.layers[layer] != nil else { throw CurationError.unknownContribution }
        return (layer, token)
    }

    /// What was overwritten or taken out is to be in no byte of the store's files.
    private static func forgetTraces(of asked: [DecisionRequest], _ request: RouteRequest) {
        let leavesTraces = asked.contains { asked in
            switch asked.decision {
            case .mask, .erase, .coarsen, .reject: true
            case .publish, .hide, .ask: false
            }
        }
        if leavesTraces { request.site.upkeep.forgetSoon() }
    }
}

extension DecisionOutcome {
    fileprivate var members: JSONObject {
        var members: JSONObject = [
            "id": .string(identifier.description), "state": .string(state?.rawValue ?? "erased"),
        ]
        members["revision"] = revision.map { .integer(Int64($0)) }
        return members
    }
}
