import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats
import SpatialDatabase

/// What curators do with the encounter points of their layers. The sheets to print come with the pages.
enum EncounterRoutes {
    /// `GET /encounters/{id}`
    static func read(_ request: RouteRequest) throws -> Reply {
        let token = try request.requireToken()
        let found = try request.site.participation.encounter(try identifier(request, "id"), by: token)
        return reply(EncounterDocument.curated(found, request))
    }

    /// `PUT /encounters/{id}`
    static func set(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        let identifier = try identifier(request, "id")
        let body = try SubmissionReader.value(await request.body.bytes())
        let encounter = try EncounterReader.read(body, in: request.site.localTime)
        let changed = try await request.site.participation.set(
            encounter, of: identifier, by: token, at: request.now)
        return reply(EncounterDocument.curated(changed, request))
    }

    /// `GET /encounters/{id}/codes`
    static func codes(_ request: RouteRequest) throws -> Reply {
        let token = try request.requireToken()
        let codes = try request.site.participation.codes(of: try identifier(request, "id"), by: token)
        return reply([
            "codes": .array(
                codes.map { ["id": .string($0.identifier.description), "label": .string($0.label)] })
        ])
    }

    /// `POST /encounters/{id}/codes`
    static func issue(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        let identifier = try identifier(request, "id")
        let label = try EncounterReader.label(of: await request.body.bytes())
        let issued = try await request.site.participation.issueCode(
            labelled: label, for: identifier, by: token, at: request.now)
        var answer = reply(EncounterDocument.issued(issued, request))
        answer.status = .created
        return answer
    }

    /// `POST /encounters/{id}/codes/{codeId}/reissue`
    static func reissue(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        let issued = try await request.site.participation.reissueCode(
            try identifier(request, "codeId"), of: try identifier(request, "id"), by: token, at: request.now)
        return reply(EncounterDocument.issued(issued, request))
    }

    /// `DELETE /encounters/{id}/codes/{codeId}`
    static func retire(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        try await request.site.participation.retireCode(
            try identifier(request, "codeId"), of: try identifier(request, "id"), by: token, at: request.now)
        return Reply(.bytes([]), mediaType: MediaType.json, status: .noContent)
    }

    private static func identifier(_ request: RouteRequest, _ name: String) throws -> PublicIdentifier {
        guard let identifier = PublicIdentifier(try request.capture(name)) else {
            throw CurationError.unknownContribution
        }
        return identifier
    }

    private static func reply(_ document: JSONObject) -> Reply {
        Reply(.bytes(document.bytes), mediaType: MediaType.json)
    }
}
