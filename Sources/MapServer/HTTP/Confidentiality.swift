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
        guard let path else { return false }
        let first = path.utf8.drop { $0 == UInt8(ascii: "/") }.prefix { $0 != UInt8(ascii: "/") }
        return first.elementsEqual("parents".utf8)
    }
}
