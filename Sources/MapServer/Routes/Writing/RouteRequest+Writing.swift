import Contributions
import Curation
import HTTPTypes
import SpatialDatabase

/// What writing asks of a request beside its body: who it is, and how often they have come.
extension RouteRequest {
    /// What opens one's own contribution.
    /// - Throws: `WebError.unauthorized` when nothing of the kind is in hand.
    func possession() throws -> Possession {
        guard let bearer else { throw WebError.unauthorized }
        guard let secret = Secret(bearer) else { throw CurationError.unknownContribution }
        if let handle = site.visits.handle(of: secret, at: site.clock()) { return .visit(handle) }
        return .receipt(secret)
    }

    /// The token of somebody who looks after layers, in hand or by their session; nil when there is none.
    /// - Throws: `WebError.unauthorized` for a token that opens nothing.
    func accessToken() throws -> AccessToken? {
        guard let bearer else { return isFromOwnPage ? try session()?.token : nil }
        guard let token = try token(of: bearer) else { throw WebError.unauthorized }
        return token
    }

    /// What a text opens that somebody holds as a token; nil for nothing, or nothing any more.
    func token(of text: String) throws -> AccessToken? {
        guard let secret = Secret(text), let token = try site.layers.store.token(secret), token.isGood(at: now) else {
            return nil
        }
        return token
    }

    /// - Throws: `WebError.unauthorized`; `.foreignOrigin` where a session is there and another page asks with it.
    func requireToken() throws -> AccessToken {
        if let token = try accessToken() { return token }
        throw bearer == nil && SessionCookie.isSent(in: headers) && !isFromOwnPage
            ? WebError.foreignOrigin : WebError.unauthorized
    }

    /// The embed from inside which somebody contributes; nil for none.
    /// - Throws: `CurationError.unknownEmbed`.
    func embedKey() throws(CurationError) -> PublicIdentifier? {
        guard let text = parameters[Parameter.embed.name] else { return nil }
        guard let key = PublicIdentifier(text) else { throw .unknownEmbed }
        return key
    }

    /// - Throws: `WebError.malformedHeader`.
    func idempotencyKey() throws(WebError) -> IdempotencyKey? {
        guard let text = headers[Self.idempotencyKeyName] else { return nil }
        guard let key = IdempotencyKey(text) else {
            throw .malformedHeader("Idempotency-Key", expected: "16 to 200 visible characters")
        }
        return key
    }

    private static let idempotencyKeyName = HTTPField.Name("Idempotency-Key")!  // a token

    /// Takes one from what this client may write.
    /// - Throws: `WebError.tooManyRequests`.
    func takeWrite() throws(WebError) {
        if let seconds = site.limits.writes.take(client, at: site.clock()) {
            throw .tooManyRequests(seconds: seconds)
        }
    }

    /// Takes one from what all may write who have an invitation to the layer, or from what this client may when it is
    /// none: an invented code must not open a bucket of its own.
    func takeWrite(with invitation: PaperCode, to layer: LayerIdentifier) throws {
        guard try site.layers.store.read({ try $0.isInvited(invitation, to: layer) }) else { return try takeWrite() }
        if let seconds = site.limits.invitations.take(Digest(of: invitation.text), at: site.clock()) {
            throw WebError.tooManyRequests(seconds: seconds)
        }
    }

    /// - Throws: `WebError.tooManyRequests` for who has tried too many codes that opened nothing.
    func requireFewFailures() throws(WebError) {
        if let seconds = site.limits.failures.wait(client, at: site.clock()) {
            throw .tooManyRequests(seconds: seconds)
        }
    }

    /// Runs `body` and counts it as a failed code when it ends in that error.
    func countingFailures<Value>(
        of failure: CurationError, if isCounted: Bool = true, _ body: () throws -> Value
    ) throws -> Value {
        do {
            return try body()
        } catch let error as CurationError where error == failure && isCounted {
            _ = site.limits.failures.take(client, at: site.clock())
            throw error
        }
    }

    func countingFailures<Value>(
        of failure: CurationError, if isCounted: Bool = true, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as CurationError where error == failure && isCounted {
            _ = site.limits.failures.take(client, at: site.clock())
            throw error
        }
    }
}
