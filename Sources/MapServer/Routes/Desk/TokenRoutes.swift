import Contributions
import Curation
import HTTPTypes
import MapFormats
import SpatialDatabase

/// The tokens of those who look after layers, made and revoked without a shell: by an operator all, by a curator those
/// that open no more than their own.
enum TokenRoutes {
    /// `GET /tokens`
    static func list(_ request: RouteRequest) throws -> Reply {
        let token = try inviting(request)
        let tokens = try request.site.layers.store.tokens().filter { token.mayInvite($0.role, to: $0.layer) }
        return PartnerRoutes.reply([
            "tokens": .array(tokens.map { .object(document($0, for: token, at: request.now)) })
        ])
    }

    /// `POST /tokens`
    static func add(_ request: RouteRequest) async throws -> Reply {
        let token = try inviting(request)
        let body = try TokenBody(
            SubmissionReader.value(await request.body.bytes()), by: token, localTime: request.site.localTime,
            at: request.now)
        let (added, secret) = try await request.site.participation.invite(body.invitation, by: token, at: request.now)
        var document = document(added, for: token, at: request.now)
        document["token"] = .string(secret.text)
        document["desk"] = .string("\(request.publicURL)/desk")
        var reply = PartnerRoutes.reply(document)
        reply.status = .created
        return reply
    }

    /// `DELETE /tokens/{token}`
    static func revoke(_ request: RouteRequest) async throws -> Reply {
        let token = try inviting(request)
        guard let identifier = PublicIdentifier(try request.capture("token")) else { throw CurationError.notAnAccess }
        try await request.site.participation.revokeToken(identifier, by: token, at: request.now)
        request.site.sessions.end(of: identifier)
        return Reply(.bytes([]), mediaType: MediaType.json, status: .noContent)
    }

    private static func inviting(_ request: RouteRequest) throws -> AccessToken {
        let token = try request.requireToken()
        guard token.role != .partner else { throw CurationError.unknownContribution }
        return token
    }

    private static func document(_ token: AccessToken, for reader: AccessToken, at now: Int64) -> JSONObject {
        [
            "id": .string(token.identifier.description), "role": .string(token.role.rawValue),
            "layer": token.layer.map { .string($0.text) } ?? .null,
            "partner": token.partner.map { .string($0.description) } ?? .null, "label": .string(token.label),
            "expires": OwnDocument.moment(token.expires), "revoked": .boolean(token.isRevoked),
            "good": .boolean(token.isGood(at: now)), "own": .boolean(token.identifier == reader.identifier),
        ]
    }
}

/// What somebody has sent who invites, read.
private struct TokenBody {
    let invitation: TokenInvitation

    /// - Throws: `SubmissionError`.
    init(_ value: JSONValue, by token: AccessToken, localTime: LocalTime, at now: Int64) throws(SubmissionError) {
        var reader = try MemberReader(value, known: ["role", "layer", "partner", "label", "expires"])
        let role = reader.choice("role", Role.self)
        if role == nil, reader.faults.isEmpty { reader.fail("/role", .missing) }
        let layer = Self.layer(&reader)
        let label = reader.line("label", longest: AccessToken.longestLabel) ?? ""
        let expires = Self.moment(&reader, localTime)
        var partner: PublicIdentifier?
        if role == .partner {
            partner = reader.identifier("partner", otherwise: .unknownPartner)
        } else if reader.given("partner") != nil {
            reader.fail("/partner", .unknownMember)
        }
        if let role, reader.faults.isEmpty { Self.check(role, layer, expires, by: token, at: now, &reader) }
        try reader.finish()
        guard let role else { throw .faults([SubmissionFault("/role", .missing)]) }
        invitation = TokenInvitation(role: role, layer: layer, partner: partner, label: label, expires: expires)
    }

    /// Nobody hands on more than they have: no higher role, no wider reach, no longer time.
    private static func check(
        _ role: Role, _ layer: LayerIdentifier?, _ expires: Int64?, by token: AccessToken, at now: Int64,
        _ reader: inout MemberReader
    ) {
        if !token.mayInvite(role, to: layer) {
            if token.mayInvite(role, to: token.layer) {
                reader.fail("/layer", layer == nil ? .missing : .unknownLayer)
            } else {
                reader.fail(
                    "/role", .notOneOf(Role.allCases.filter { token.mayInvite($0, to: token.layer) }.map(\.rawValue)))
            }
        }
        if role != .curator, layer != nil { reader.fail("/layer", .unknownMember) }
        if let expires, expires <= now { reader.fail("/expires", .notADate) }
        if let own = token.expires, expires.map({ $0 > own }) ?? true { reader.fail("/expires", .tooLate) }
    }

    private static func layer(_ reader: inout MemberReader) -> LayerIdentifier? {
        guard let value = reader.given("layer") else { return nil }
        guard let text = value.text, let layer = try? LayerIdentifier(text) else {
            reader.fail("/layer", .unknownLayer)
            return nil
        }
        return layer
    }

    /// A day is meant to its end, where the instance stands.
    private static func moment(_ reader: inout MemberReader, _ localTime: LocalTime) -> Int64? {
        guard let value = reader.given("expires") else { return nil }
        guard let date = value.text.flatMap({ try? ExtendedDate($0) }) else {
            reader.fail("/expires", .notADate)
            return nil
        }
        let end = localTime.end(of: date)
        if end == .max { reader.fail("/expires", .notADate) }
        return end
    }
}
