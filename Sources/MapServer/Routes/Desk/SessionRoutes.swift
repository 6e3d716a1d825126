import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats
import SpatialDatabase

/// Signing in at the desk with a token, and out again.
enum SessionRoutes {
    /// `POST /session` with `{"token"}`: the token becomes a session, and the page need not keep it.
    static func begin(_ request: RouteRequest) async throws -> Reply {
        if let seconds = request.site.limits.signIns.wait(request.client, at: request.site.clock()) {
            throw WebError.tooManyRequests(seconds: seconds)
        }
        // A form of another page, which cannot send JSON, could sign somebody in as somebody else.
        guard request.isJSON || !request.isFromBrowser else {
            throw WebError.malformedHeader("Content-Type", expected: "application/json")
        }
        var reader = try MemberReader(SubmissionReader.value(await request.body.bytes()), known: ["token"])
        let text = reader.line("token", longest: 200)
        if text == nil, reader.faults.isEmpty { reader.fail("/token", .missing) }
        try reader.finish()
        guard let text, let token = try request.token(of: text.filter { !$0.isWhitespace }) else {
            _ = request.site.limits.signIns.take(request.client, at: request.site.clock())
            throw WebError.unauthorized
        }
        if let old = SessionCookie.secret(in: request.headers) { request.site.sessions.end(old) }
        let session = request.site.sessions.begin(token.identifier, at: request.site.clock())
        var reply = try reply(token, ends: session.ends, request)
        reply.headers[.setCookie] = SessionCookie.opening(session.secret)
        return reply
    }

    /// `GET /session`: who one is here, and until when.
    static func current(_ request: RouteRequest) throws -> Reply {
        let token = try request.requireToken()
        let ends = request.bearer == nil ? try request.session()?.ends : nil
        return try reply(token, ends: ends, request)
    }

    /// `DELETE /session`
    static func end(_ request: RouteRequest) throws -> Reply {
        guard let secret = SessionCookie.secret(in: request.headers), request.bearer == nil else {
            throw WebError.unauthorized
        }
        guard request.isFromOwnPage else { throw WebError.foreignOrigin }
        let isOpen = try request.session() != nil
        request.site.sessions.end(secret)
        guard isOpen else { throw WebError.unauthorized }
        return Reply(
            .bytes([]), mediaType: MediaType.json, status: .noContent, headers: [.setCookie: SessionCookie.closing])
    }

    private static func reply(_ token: AccessToken, ends: Date?, _ request: RouteRequest) throws -> Reply {
        let site = request.site
        let reviewed = site.layers.all.filter { token.mayReview($0.identifier) }.map { layer -> JSONValue in
            [
                "id": .string(layer.identifier.text), "title": .string(layer.layer.title),
                "rules": .string(layer.layer.rules), "review": .string(layer.layer.review.rawValue),
            ]
        }
        var document: JSONObject = [
            "id": .string(token.identifier.description), "role": .string(token.role.rawValue),
            "label": .string(token.label), "layer": token.layer.map { .string($0.text) } ?? .null,
            "layers": .array(reviewed), "expires": OwnDocument.moment(token.expires),
            "ends": OwnDocument.moment(ends.map { Int64($0.timeIntervalSince1970) }),
            "idle_minutes": .integer(Int64(Sessions.idle / 60)),
        ]
        if let identifier = token.partner, let partner = try site.layers.store.read({ try $0.partner(identifier) }) {
            document["partner"] = ["id": .string(identifier.description), "name": .string(partner.name)]
        }
        return Reply(.bytes(document.bytes), mediaType: MediaType.json)
    }
}

extension RouteRequest {
    /// Whether it says where it comes from, as browsers do and programs do not.
    fileprivate var isFromBrowser: Bool { headers[Self.fetchSite] != nil || headers[.origin] != nil }
}
