import HTTPTypes
import Hummingbird

/// What was asked with a secret in hand, and what writing answers, is for that person and our own pages only.
enum Confidentiality {
    static func applied(to reply: Reply, of request: Request, _ site: Site) -> Reply {
        let isReading = request.method == .get || request.method == .head || request.method == .options
        let isSecret = holdsSecret(request.head.path)
        guard request.headers[.authorization] != nil || !isReading || isSecret || reply.isForOne else { return reply }
        var reply = reply
        if isSecret { reply.isIndexable = false }
        reply.headers[.cacheControl] = "private, no-store"
        reply.headers[.vary] = "Accept, Accept-Encoding, Accept-Language, Authorization, Cookie, Origin"
        reply.headers[.accessControlAllowOrigin] = Origins.partner(request, site) ?? Origins.own(request, site)
        return reply
    }

    /// Whether the address itself holds a secret; what opens nothing is answered like what opens something.
    private static func holdsSecret(_ path: String?) -> Bool {
        path?.split(separator: "/", maxSplits: 1).first.map { $0 == "parents" } ?? false
    }
}
