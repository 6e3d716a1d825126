import Contributions
import HTTPTypes
import MapFormats

/// What stands around every page: its language, the way to the other one, and what its own links carry on.
struct PageFrame {
    let words: Words
    private let request: RouteRequest
    /// Whether the address itself names the language; then the links of the page do so too.
    private let isAsked: Bool

    /// - Throws: `WebError.invalidParameter`.
    init(_ request: RouteRequest) throws(WebError) {
        self.request = request
        words = request.site.pages.words(try PageLanguage(of: request))
        isAsked = try PageLanguage.asked(by: request) != nil
    }

    var language: PageLanguage { words.language }

    /// The words, and the values that the frame's own lines need.
    var values: [String: Any] {
        let other = request.site.pages.words(language.other)
        var values = words.values
        values["language"] = language.rawValue
        values["isFrench"] = language == .french
        values["isAsked"] = isAsked
        values["stay"] = isAsked ? "?\(stay)" : ""
        values["andStay"] = isAsked ? "&\(stay)" : ""
        values["themeColours"] = request.site.theme.hasColours
        values["logo"] = request.site.theme.logo.map { "/assets/\($0)" } ?? "/favicon.ico"
        values["picture"] = request.site.theme.picture.map { "\(request.publicURL)/assets/\($0)" }
        values["siteLinks"] = SitePage.allCases.map { page in
            ["page": page.rawValue, "name": words["sitePages", page.rawValue] ?? page.rawValue]
        }
        if request.isAtFormerAddress { values["canonical"] = request.publicURL + request.localPath }
        let query = request.parameters.replacing(Parameter.interface.name, with: other.language.rawValue)
        values["other"] = [
            "code": other.language.rawValue, "name": Self.names[other.language] ?? "",
            "address": "\(request.localPath)?\(query)",
        ]
        return values
    }

    /// An absolute address of ours, still in the language of this page when that was asked for; others as they are.
    func staying(_ address: String) -> String {
        guard isAsked, address.hasPrefix(request.publicURL) else { return address }
        let local = address.dropFirst(request.publicURL.count)
        guard !local.contains("#"), RouteTable.offersPage(at: String(local.prefix { $0 != "?" })) else {
            return address
        }
        return address + (local.contains("?") ? "&" : "?") + stay
    }

    private var stay: String { "\(Parameter.interface.name)=\(language.rawValue)" }

    private static let names: [PageLanguage: String] = [.french: "Français", .english: "English"]
}

extension RouteTable {
    /// Whether people find a page at a path of ours.
    fileprivate static func offersPage(at path: String) -> Bool {
        let segments = path.split(separator: "/").map(String.init)
        return routes.first { $0.matches(segments) }?.offers.contains(MediaType.page) ?? false
    }
}
