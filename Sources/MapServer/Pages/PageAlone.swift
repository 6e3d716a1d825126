import Contributions
import Crypto
import Foundation
import HTTPTypes

/// A page that is whole in one answer, for a phone in the street: its style stands inside, and it asks for nothing more.
extension Site {
    /// - Parameter template: has `{{{sheet}}}` as the text of its one style element.
    func alone(_ template: String, _ values: [String: Any], in frame: PageFrame) throws -> Reply {
        let sheet = try String(
            decoding: pages.asset("encounter.css") + (theme["theme.css"]?.bytes ?? []), as: UTF8.self)
        let own = values.merging(["sheet": sheet]) { own, _ in own }
        var reply = try pages.reply(template, own, in: frame)
        reply.headers[.contentSecurityPolicy] = Self.policy(of: sheet)
        return reply
    }

    /// The style inside is let in by its hash (CSP 3, section 2.3.1), and no script by anything.
    private static func policy(of sheet: String) -> String {
        let hash = Data(SHA256.hash(data: Data(sheet.utf8))).base64EncodedString()
        return [
            "default-src 'none'", "style-src 'sha256-\(hash)'", "img-src data:", "base-uri 'none'",
            "form-action 'none'", "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }
}
