import Contributions
import Curation
import Foundation
import HTTPTypes
import SpatialDatabase

/// The session of the desk, which stands where the bearer token of somebody who looks after layers does; never where a
/// receipt does.
extension RouteRequest {
    /// The session that is open, with what it opens now and when it ends at the latest.
    func session() throws -> (token: AccessToken, ends: Date)? {
        guard let secret = SessionCookie.secret(in: headers),
            let session = site.sessions.session(secret, at: site.clock())
        else { return nil }
        guard let token = try site.layers.store.token(session.token), token.isGood(at: now) else {
            site.sessions.end(secret)
            return nil
        }
        return (token, session.ends)
    }

    /// Whether a page of our own asks, as far as a browser says: what a cookie opens, no other page may use (SR15).
    ///
    /// What changes something must say so, by `Sec-Fetch-Site` or, in browsers without it, by `Origin`; and it must be
    /// JSON or a file as bytes, which no form of another page can send.
    var isFromOwnPage: Bool {
        let site = headers[Self.fetchSite]
        if method == .get { return site == nil || site == "same-origin" || site == "none" }
        guard site.map({ $0 == "same-origin" }) ?? (headers[.origin] == ownOrigin) else { return false }
        return method == .delete || isJSON || isBytes
    }

    var isJSON: Bool {
        let type = headers[.contentType]?.lowercased().prefix { $0 != ";" && $0 != " " }
        return type.map { $0 == "application/json" || $0.hasSuffix("+json") } ?? false
    }

    private var isBytes: Bool {
        headers[.contentType]?.lowercased().prefix { $0 != ";" && $0 != " " } == MediaType.bytes[...]
    }

    private var ownOrigin: String {
        publicURL.split(separator: "/", omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
    }

    /// W3C Fetch Metadata.
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!  // a token
}
