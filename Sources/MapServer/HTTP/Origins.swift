import HTTPTypes
import Hummingbird

/// Which sites' pages may do what: all may read, and only pages of our own may write; those of a partner may
/// contribute through its embed.
enum Origins {
    /// Refuses writing from a page of another site. Programs send no `Origin` and are no page.
    /// - Throws: `WebError.foreignOrigin`.
    static func require(_ request: Request, _ site: Site) throws(WebError) {
        if let place = request.headers[RouteRequest.fetchSite], place == "cross-site" || place == "same-site",
            partner(request, site) == nil
        {
            throw .foreignOrigin
        }
        guard let origin = request.headers[.origin] else { return }
        guard isOwn(origin, request, site) || partner(request, site) != nil else { throw .foreignOrigin }
    }

    /// The answer to `OPTIONS`, with what a browser asks before it lets a page send something.
    static func options(_ request: Request, _ site: Site, allowed: [String]) -> Reply {
        let origin = request.headers[.origin]
        let isOwn = origin.map { Self.isOwn($0, request, site) } ?? false
        let isPartner = !isOwn && partner(request, site) != nil
        let open = ["GET", "HEAD", "OPTIONS"] + (isPartner ? ["POST"] : [])
        let methods = isOwn ? allowed : allowed.filter(open.contains)
        var headers: HTTPFields = [
            .allow: allowed.joined(separator: ", "),
            allowMethods: methods.joined(separator: ", "),
            allowHeaders: isOwn
                ? "Accept, Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match"
                : isPartner
                    ? "Accept, Accept-Language, Content-Type, Idempotency-Key, If-None-Match" : "Accept, If-None-Match",
            maximumAge: "86400",
        ]
        if isOwn || isPartner, let origin {
            headers[.accessControlAllowOrigin] = origin
            headers[.vary] = "Origin"
        }
        return Reply(.bytes([]), mediaType: MediaType.json, status: .noContent, headers: headers)
    }

    /// The origin of our own pages, as a browser writes it: under a former address, that one.
    static func own(_ request: Request, _ site: Site) -> String {
        let host = request.head.authority
        let address = site.formerURL(host: host) ?? site.publicURL(host: host)
        let parts = address.split(separator: "/", omittingEmptySubsequences: false)
        return parts.prefix(3).joined(separator: "/")
    }

    /// To the letter: `https://lieu.example.evil.org` is not `https://lieu.example`.
    private static func isOwn(_ origin: String, _ request: Request, _ site: Site) -> Bool {
        origin == own(request, site)
    }

    // Tokens all, which is what the initialiser asks.
    private static let allowMethods = HTTPField.Name("Access-Control-Allow-Methods")!
    private static let allowHeaders = HTTPField.Name("Access-Control-Allow-Headers")!
    private static let maximumAge = HTTPField.Name("Access-Control-Max-Age")!
}
