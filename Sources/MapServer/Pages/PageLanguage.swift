import Contributions
import HTTPTypes

/// The languages in which the pages for people are written: French first.
typealias PageLanguage = Language

extension Language {
    /// The language in which somebody is told what is wrong with what they have sent.
    init(of headers: HTTPFields) {
        self = headers[.acceptLanguage].map(Self.liked) ?? .french
    }

    /// The language that `interface=` names, else the one that `Accept-Language` likes best, else French: a page is
    /// never refused for its language.
    /// - Throws: `WebError.invalidParameter` for another language in `interface=`.
    init(of request: RouteRequest) throws(WebError) {
        if let asked = try Self.asked(by: request) {
            self = asked
        } else {
            self = request.headers[.acceptLanguage].map(Self.liked) ?? .french
        }
    }

    /// The language that the address itself asks for, which the links of the page then ask for too.
    static func asked(by request: RouteRequest) throws(WebError) -> PageLanguage? {
        let parser = FeatureQueryParser(parameters: request.parameters)
        return try parser.value(.interface, read: PageLanguage.init(rawValue:))
    }

    var other: PageLanguage { self == .french ? .english : .french }

    /// The language that an `Accept-Language` weighs most (RFC 9110, section 12.5.4, with the lookup of RFC 4647).
    private static func liked(_ header: String) -> PageLanguage {
        var weights: [PageLanguage: Double] = [:]
        var rest = 0.0
        for item in header.lowercased().split(separator: ",") {
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            guard let range = parts.first else { continue }
            if range == "*" { rest = max(rest, quality) }
            guard let language = PageLanguage(rawValue: String(range.prefix { $0 != "-" })) else { continue }
            weights[language] = max(weights[language] ?? 0, quality)
        }
        return weights[.english, default: rest] > weights[.french, default: rest] ? .english : .french
    }
}

extension Parameter {
    static let interface = Parameter(
        name: "interface", expected: "fr or en, the language of a page for people",
        schema: .oneOf(PageLanguage.allCases.map(\.rawValue)))
}
