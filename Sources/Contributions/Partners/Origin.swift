/// Where the pages of a partner's site come from, exactly as a browser names it: `https://theatre.example`.
///
/// Compared letter by letter with what a browser sends, so that `https://theatre.example.evil.org`, another port and a
/// dot at the end are other sites.
package struct Origin: Hashable, Sendable {
    package let text: String

    /// The form of RFC 6454, section 6.2: scheme, host and a port that is not the usual one. The usual port may be
    /// written and is left out; everything else must be as a browser writes it.
    package init(_ text: String) throws(OriginFault) {
        guard text != "null" else { throw .null }
        guard !text.contains("*") else { throw .wildcard }
        guard text.utf8.count <= 300, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { throw .notASCII }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[1].isEmpty else { throw .malformed }
        let usualPort = try Origin.usualPort(of: parts[0])
        guard parts.count == 3, !parts[2].contains(where: { "?#\\".contains($0) }) else { throw .path }
        guard !parts[2].contains("@") else { throw .user }
        let (host, port) = try Origin.split(parts[2])
        try Origin.require(host: host)
        guard parts[0] == "https:" || ["localhost", "127.0.0.1"].contains(host) else { throw .notSecure }
        let isUsual = port == nil || port == usualPort
        self.text = "\(parts[0])//\(host)" + (isUsual ? "" : ":\(port ?? 0)")
    }

    private static func usualPort(of scheme: Substring) throws(OriginFault) -> Int {
        switch scheme {
        case "https:": 443
        case "http:": 80
        default: throw .malformed
        }
    }

    private static func split(_ authority: Substring) throws(OriginFault) -> (host: String, port: Int?) {
        let pieces = authority.split(separator: ":", omittingEmptySubsequences: false)
        switch pieces.count {
        case 1: return (String(pieces[0]), nil)
        case 2:
            let digits = pieces[1]
            guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
                digits.first != "0", let port = Int(digits), port <= 65_535
            else { throw .port }
            return (String(pieces[0]), port)
        default: throw .host
        }
    }

    /// RFC 1123, section 2.1; names beyond ASCII as browsers send them, in Punycode.
    private static func require(host: String) throws(OriginFault) {
        if host.hasSuffix(".") { throw .trailingDot }
        if host.utf8.contains(where: { 0x41...0x5A ~= $0 }) { throw .upperCase }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let areLabels = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x2D }
        }
        guard areLabels, host.utf8.count <= 253 else { throw .host }
    }
}

/// Why a text names no origin.
package enum OriginFault: Error, CaseIterable, Sendable {
    /// What browsers send for pages of no site: anybody's.
    case null
    case wildcard
    case notASCII
    case malformed
    case path
    case user
    case trailingDot
    case upperCase
    case host
    case port
    case notSecure
}

extension OriginFault {
    /// What is wrong and what to write instead.
    package func sentence(in language: Language) -> String {
        switch language {
        case .french: french
        case .english: english
        }
    }

    private var french: String {
        switch self {
        case .null: "« null » est l’origine de n’importe qui. Écrivez celle du site."
        case .wildcard: "Une origine nomme un seul site, sans étoile."
        case .notASCII: "Écrivez le nom du site en lettres simples, comme le navigateur l’envoie (xn--…)."
        case .malformed: "Écrivez par exemple https://theatre.example."
        case .path: "Une origine s’arrête après le nom du site : rien ne suit, pas même une barre."
        case .user: "Une origine ne porte pas de nom d’utilisateur."
        case .trailingDot: "Pas de point à la fin du nom du site."
        case .upperCase: "Écrivez le nom du site en minuscules."
        case .host: "Ce n’est pas le nom d’un site."
        case .port: "Le port est un nombre de 1 à 65535."
        case .notSecure: "Une origine commence par https://, sauf sur votre propre machine."
        }
    }

    private var english: String {
        switch self {
        case .null: "“null” is anybody's origin; write that of the site"
        case .wildcard: "an origin names one site, without a star"
        case .notASCII: "write the name of the site in plain letters, as browsers send it (xn--…)"
        case .malformed: "write for instance https://theatre.example"
        case .path: "an origin ends with the name of the site: nothing follows, not even a slash"
        case .user: "an origin bears no user name"
        case .trailingDot: "no dot at the end of the site's name"
        case .upperCase: "write the name of the site in lower case"
        case .host: "this is no name of a site"
        case .port: "the port is a number from 1 to 65535"
        case .notSecure: "an origin begins with https://, but for your own machine"
        }
    }
}
