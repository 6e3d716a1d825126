import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats
import SpatialDatabase

/// The maps of partners: arranged by who runs the instance or curates the layer, read by their partner too.
enum EmbedRoutes {
    /// `GET /embeds`: those that the token may see.
    static func list(_ request: RouteRequest) throws -> Reply {
        let token = try request.requireToken()
        let embeds = try request.site.layers.store.read { try $0.embeds() }.filter(token.mayRead)
        return PartnerRoutes.reply(["embeds": .array(embeds.map { .object(EmbedDocument.of($0, request)) })])
    }

    /// `GET /embeds/{key}`
    static func one(_ request: RouteRequest) throws -> Reply {
        PartnerRoutes.reply(EmbedDocument.of(try named(request, by: try request.requireToken()), request))
    }

    /// `POST /embeds`
    static func add(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        guard token.role != .partner else { throw CurationError.unknownContribution }
        let value = try SubmissionReader.value(await request.body.bytes())
        let body = try EmbedBody(value, styles: StyleRoutes.names(request.site))
        guard let partner = body.partner, let layer = body.layer else { throw CurationError.unknownContribution }
        var generator = request.site.participation.generator()
        let embed = Embed(
            key: .random(using: &generator), partner: partner, layer: layer, title: body.title, pins: body.pins,
            look: body.look, takesContributions: body.takesContributions)
        try await request.site.participation.add(embed, by: token, at: request.now)
        var reply = PartnerRoutes.reply(EmbedDocument.of(embed, request))
        reply.status = .created
        reply.headers[.location] = "\(request.publicURL)/embeds/\(embed.key)"
        return reply
    }

    /// `PUT /embeds/{key}`
    static func change(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        let embed = try named(request, by: token)
        let value = try SubmissionReader.value(await request.body.bytes())
        let body = try EmbedBody(value, styles: StyleRoutes.names(request.site), changing: embed)
        try await request.site.participation.changeEmbed(embed.key, by: token, at: request.now) { embed in
            embed.title = body.title
            embed.pins = body.pins
            embed.look = body.look
            embed.takesContributions = body.takesContributions
        }
        return PartnerRoutes.reply(EmbedDocument.of(try named(request, by: token), request))
    }

    /// `DELETE /embeds/{key}`
    static func close(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        let embed = try named(request, by: token)
        try await request.site.participation.closeEmbed(embed.key, by: token, at: request.now)
        return Reply(.bytes([]), mediaType: MediaType.json, status: .noContent)
    }

    /// `PUT /embeds/{key}/standing`: a rule, or null to end it.
    static func setStandingRule(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        let embed = try named(request, by: token)
        let rule = try rule(SubmissionReader.value(await request.body.bytes()), within: embed.pins)
        try await request.site.participation.setStandingRule(rule, of: embed.key, by: token, at: request.now)
        return PartnerRoutes.reply(EmbedDocument.of(try named(request, by: token), request))
    }

    private static func rule(_ value: JSONValue, within pins: EmbedPins) throws(SubmissionError) -> StandingRule? {
        guard value != .null else { return nil }
        var reader = try MemberReader(value, known: ["kinds", "themes"])
        let rule = StandingRule(kinds: reader.kinds(), themes: reader.themes())
        if !pins.kinds.isEmpty, !rule.kinds.isSubset(of: pins.kinds) {
            reader.fail("/kinds", .notOneOf(Kind.allCases.filter(pins.kinds.contains).map(\.rawValue)))
        }
        if !pins.themes.isEmpty, !Set(rule.themes).isSubset(of: pins.themes) {
            reader.fail("/themes", .notOneOf(pins.themes))
        }
        try reader.finish()
        return rule
    }

    /// The embed that the path names, closed or not, if the token may see it.
    static func named(_ request: RouteRequest, by token: AccessToken) throws -> Embed {
        guard let key = PublicIdentifier(try request.capture("key")),
            let embed = try request.site.layers.store.read({ try $0.embed(key) }), token.mayRead(embed)
        else { throw CurationError.unknownContribution }
        return embed
    }
}
