import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats

/// What participants do: give, see their own, change it, withdraw it, take everything along.
enum ContributionRoutes {
    /// `POST /collections/{layer}/items`
    static func contribute(_ request: RouteRequest) async throws -> Reply {
        let layer = try LayerIdentifier(request.capture("layer"))
        _ = try request.site.layer(layer)
        let token = try request.accessToken()
        let isCurator = token?.mayReview(layer) ?? false
        let submission = try SubmissionReader.read(await request.body.bytes())
        if let invitation = submission.invitation {
            try request.requireFewFailures()
            try request.takeWrite(with: invitation, to: layer)
        } else {
            try request.takeWrite()
        }
        if submission.encounter != nil { try request.requireFewGuesses() }
        let consentText = try request.site.consentTexts.shown(
            submission.consentVersion, in: Language(of: request.headers))
        let acceptance = try await request.countingFailures(of: .invitationNeeded, if: submission.invitation != nil) {
            try await request.countingGuesses {
                try await request.site.participation.contribute(
                    submission, to: layer, key: try request.idempotencyKey(), isCurator: isCurator,
                    through: try request.embedKey(), consentText: consentText, at: request.now)
            }
        }
        let address = "\(request.publicURL)/collections/\(layer)/items/\(acceptance.identifier)"
        return Reply(
            .bytes(OwnDocument.acceptance(acceptance, publicURL: request.publicURL)), mediaType: MediaType.json,
            status: .created, headers: [.location: address])
    }

    /// `GET /collections/{layer}/items/{id}` with a receipt in hand.
    static func own(_ request: RouteRequest) throws -> Reply {
        let own = try find(request)
        return Reply(try document(of: own, request), mediaType: MediaType.geoJSON)
    }

    private static func document(of own: OwnContribution, _ request: RouteRequest) throws -> [UInt8] {
        try OwnDocument.feature(own, publicURL: request.publicURL, Language(of: request.headers))
    }

    /// `GET /collections/{layer}/items/{id}/mine`
    static func everything(_ request: RouteRequest) throws -> Reply {
        let own = try find(request)
        if request.parameters["f"] == "geojson" {
            return Reply(try OwnDocument.collection(own), mediaType: MediaType.geoJSON)
        }
        let language = Language(of: request.headers)
        return Reply(
            try OwnDocument.everything(
                own, publicURL: request.publicURL, language, request.site.consentTexts), mediaType: MediaType.json)
    }

    /// `PUT /collections/{layer}/items/{id}`
    static func replace(_ request: RouteRequest) async throws -> Reply {
        try await change(request, isReplacement: true)
    }

    /// `PATCH /collections/{layer}/items/{id}`, a merge patch (RFC 7396).
    static func patch(_ request: RouteRequest) async throws -> Reply {
        try await change(request, isReplacement: false)
    }

    /// `DELETE /collections/{layer}/items/{id}`
    static func withdraw(_ request: RouteRequest) async throws -> Reply {
        let (identifier, layer) = try names(request)
        try request.takeWrite()
        try requireMatch(request)
        try await request.site.participation.withdraw(
            identifier, in: layer, with: try request.possession(), at: request.now)
        request.site.upkeep.forgetSoon()
        return Reply(.bytes([]), mediaType: MediaType.json, status: .noContent)
    }

    private static func change(_ request: RouteRequest, isReplacement: Bool) async throws -> Reply {
        let (identifier, layer) = try names(request)
        try request.takeWrite()
        let value = try SubmissionReader.value(await request.body.bytes())
        let revision = try requireMatch(request)
        do {
            let own = try await request.site.participation.change(
                identifier, in: layer, with: try request.possession(), to: value, isReplacement: isReplacement,
                revision: revision, consentText: request.site.consentTexts.now(in: Language(of: request.headers)),
                at: request.now)
            return Reply(try document(of: own, request), mediaType: MediaType.geoJSON)
        } catch CurationError.changedSince {
            throw WebError.preconditionFailed
        }
    }

    /// The revision that `If-Match` names; nil when it names none.
    /// - Throws: `WebError.preconditionFailed` when what it names is not there any more.
    @discardableResult
    private static func requireMatch(_ request: RouteRequest) throws -> Int? {
        guard let wanted = request.headers[.ifMatch] else { return nil }
        let key = try request.possession()
        guard let own = try? find(request, with: key) else { throw WebError.preconditionFailed }
        // Whichever language it was read in, it is the same.
        let isRead = try Language.allCases.contains { language in
            let document = try OwnDocument.feature(own, publicURL: request.publicURL, language)
            return EntityTag.strong(ContentHash.of(document)).matches(wanted)
        }
        guard isRead else { throw WebError.preconditionFailed }
        return own.revision
    }

    private static func find(_ request: RouteRequest) throws -> OwnContribution {
        try find(request, with: try request.possession())
    }

    private static func find(_ request: RouteRequest, with key: Possession) throws -> OwnContribution {
        let (identifier, layer) = try names(request)
        return try request.site.participation.own(identifier, in: layer, with: key)
    }

    private static func names(_ request: RouteRequest) throws -> (PublicIdentifier, LayerIdentifier) {
        guard let identifier = PublicIdentifier(try request.capture("id")) else {
            throw CurationError.unknownContribution
        }
        return (identifier, try LayerIdentifier(request.capture("layer")))
    }
}
