import HTTPTypes
import Hummingbird

/// What was asked with a secret in hand, and what writing answers, is for that person and our own pages only.
enum Confidentiality {
    static func applied(to reply: Reply, of request: Request, _ site: Site) -> Reply {
        let isReading = request.method == .get || request.method == .head || request.method == .options
        guard request.headers[.authorization] != nil || !isReading else { return reply }
        var reply = reply
        reply.headers[.cacheControl] = "private, no-store"
        reply.headers[.vary] = "Accept, Accept-Encoding, Accept-Language, Authorization, Origin"
        reply.headers[.accessControlAllowOrigin] = Origins.partner(request, site) ?? Origins.own(request, site)
        return reply
    }
}
