import Contributions
import HTTPTypes

/// The one cookie that there is: it holds the session of the desk, and no page but the desk sets or needs it.
enum SessionCookie {
    /// By its prefix a browser takes it only from a secure origin, for this host alone and for all of its paths
    /// (RFC 6265bis, section 4.1.3.2).
    static let name = "__Host-lieudit"

    private static let bounds = "Path=/; Secure; HttpOnly; SameSite=Strict"

    /// What `Cookie` holds under our name; nil when nothing is there, or it cannot be ours.
    static func secret(in headers: HTTPFields) -> Secret? {
        value(in: headers).flatMap { Secret($0) }
    }

    /// Whether a browser has sent one, whatever it opens.
    static func isSent(in headers: HTTPFields) -> Bool { value(in: headers) != nil }

    /// It goes with the browser's session: on a shared computer nothing is kept for later.
    static func opening(_ secret: Secret) -> String { "\(name)=\(secret.text); \(bounds)" }

    static let closing = "\(name)=; \(bounds); Max-Age=0"

    private static func value(in headers: HTTPFields) -> Substring? {
        guard let cookies = headers[.cookie] else { return nil }
        for cookie in cookies.split(separator: ";") {
            let pair = cookie.drop { $0 == " " }
            if pair.hasPrefix("\(name)=") { return pair.dropFirst(name.utf8.count + 1) }
        }
        return nil
    }
}
