import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats
import SpatialDatabase

/// The sites that may frame maps of ours: an operator's business. Curators, who make embeds, know their names.
enum PartnerRoutes {
    /// `GET /partners`
    static func list(_ request: RouteRequest) throws -> Reply {
        let token = try request.requireToken()
        guard token.role != .partner else { throw CurationError.unknownContribution }
        let partners = try request.site.layers.store.read { try $0.partners() }
        return reply([
            "partners": .array(
                try partners.map { partner in
                    .object(token.role == .`operator` ? try document(partner, request) : named(partner))
                })
        ])
    }

    /// `GET /partners/{partner}`
    static func one(_ request: RouteRequest) throws -> Reply {
        try requireOperator(request)
        return reply(try document(try named(request), request))
    }

    /// `POST /partners`
    static func add(_ request: RouteRequest) async throws -> Reply {
        let token = try requireOperator(request)
        let body = try PartnerBody(SubmissionReader.value(await request.body.bytes()))
        var generator = request.site.participation.generator()
        let partner = Partner(
            identifier: .random(using: &generator), name: body.name, origins: body.origins)
        try await request.site.participation.add(partner, by: token, at: request.now)
        var reply = reply(try document(partner, request))
        reply.status = .created
        reply.headers[.location] = "\(request.publicURL)/partners/\(partner.identifier)"
        return reply
    }

    /// `PUT /partners/{partner}`
    static func change(_ request: RouteRequest) async throws -> Reply {
        let token = try requireOperator(request)
        var partner = try named(request)
        let body = try PartnerBody(SubmissionReader.value(await request.body.bytes()))
        partner.name = body.name
        partner.origins = body.origins
        try await request.site.participation.change(partner, by: token, at: request.now)
        return reply(try document(partner, request))
    }

    /// `DELETE /partners/{partner}`
    static func close(_ request: RouteRequest) async throws -> Reply {
        let token = try requireOperator(request)
        try await request.site.participation.closePartner(try named(request).identifier, by: token, at: request.now)
        return Reply(.bytes([]), mediaType: MediaType.json, status: .noContent)
    }

    @discardableResult
    private static func requireOperator(_ request: RouteRequest) throws -> AccessToken {
        let token = try request.requireToken()
        guard token.role == .`operator` else { throw CurationError.unknownContribution }
        return token
    }

    private static func named(_ request: RouteRequest) throws -> Partner {
        guard let identifier = PublicIdentifier(try request.capture("partner")),
            let partner = try request.site.layers.store.read({ try $0.partner(identifier) })
        else { throw CurationError.unknownContribution }
        return partner
    }

    private static func named(_ partner: Partner) -> JSONObject {
        [
            "id": .string(partner.identifier.description), "name": .string(partner.name),
            "closed": .boolean(partner.isClosed),
        ]
    }

    private static func document(_ partner: Partner, _ request: RouteRequest) throws -> JSONObject {
        let embeds = try request.site.layers.store.read { try $0.embeds(of: partner.identifier) }
        return [
            "id": .string(partner.identifier.description), "name": .string(partner.name),
            "origins": .array(partner.origins.map { .string($0.text) }), "closed": .boolean(partner.isClosed),
            "embeds": .array(embeds.filter { !$0.isClosed }.map { .string($0.key.description) }),
        ]
    }

    static func reply(_ document: JSONObject) -> Reply { Reply(.bytes(document.bytes), mediaType: MediaType.json) }
}

/// What an operator has sent about a partner, read.
private struct PartnerBody {
    let name: String
    let origins: [Origin]

    /// What a document says that was read and is sent back.
    private static let standing: Set<String> = ["id", "closed", "embeds"]

    /// - Throws: `SubmissionError`.
    init(_ value: JSONValue) throws(SubmissionError) {
        var reader = try MemberReader(value, known: Self.standing.union(["name", "origins"]))
        name = reader.line("name", longest: Partner.longestName) ?? ""
        if name.isEmpty, reader.faults.isEmpty { reader.fail("/name", .missing) }
        var origins: [Origin] = []
        for item in reader.texts("origins", most: Partner.mostOrigins) {
            do throws(OriginFault) {
                origins.append(try Origin(item.text))
            } catch {
                reader.fail(item.pointer, .origin(error))
            }
        }
        self.origins = origins
        try reader.finish()
    }
}
