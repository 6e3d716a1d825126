import Contributions
import Foundation

/// The texts of the pages that a site owes: the operator's where there are, templates of ours elsewhere.
///
/// A folder holds `rules.fr.md`, `rules.en.md` and so on. What a text was before may stand in its folder `before`,
/// under any name: it is known by its hash, so that what a proof of consent names can still be read.
struct SitePages: Sendable {
    private let texts: [SitePage: [Language: SiteText]]
    private let earlier: [String]

    private static let longest = 262_144
    private static let ending = ".md"

    /// Nothing at all.
    static let none = SitePages(texts: [:], earlier: [])

    private init(texts: [SitePage: [Language: SiteText]], earlier: [String]) {
        self.texts = texts
        self.earlier = earlier
    }

    /// - Throws: `SitePagesError`.
    init(folder: String?) throws(SitePagesError) {
        var texts = try Self.read(Self.templates, isOperators: false)
        var earlier: [String] = []
        if let folder {
            for (page, own) in try Self.read(folder, isOperators: true) {
                // Ours in one language beside theirs in the other would be two sites.
                texts[page] = own
            }
            earlier = try Self.texts(in: "\(folder)/before").map(\.text)
        }
        self.init(texts: texts, earlier: earlier)
    }

    /// Where the templates are that ship with the server.
    static let templates = Pages.root.appendingPathComponent("site-pages").path

    private static func read(
        _ folder: String, isOperators: Bool
    ) throws(SitePagesError) -> [SitePage: [Language: SiteText]] {
        guard FileManager.default.fileExists(atPath: folder) else { throw .noFolder(folder) }
        var texts: [SitePage: [Language: SiteText]] = [:]
        for (name, text) in try Self.texts(in: folder) {
            let parts = name.dropLast(ending.count).split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, let page = SitePage(rawValue: String(parts[0])),
                let language = Language(rawValue: String(parts[1]))
            else { throw .unknownName(name) }
            texts[page, default: [:]][language] = SiteText(
                page: page, language: language, isOperators: isOperators, text: text)
        }
        return texts
    }

    /// The Markdown files of a folder; none where there is no folder.
    private static func texts(in folder: String) throws(SitePagesError) -> [(name: String, text: String)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var texts: [(name: String, text: String)] = []
        for name in names.sorted() where name.hasSuffix(ending) && !name.hasPrefix(".") {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { throw .unreadable(name) }
            guard data.count <= longest else { throw .tooLong(name, bytes: data.count, limit: longest) }
            guard let text = String(validating: data, as: UTF8.self) else { throw .notUTF8(name) }
            texts.append((name, text))
        }
        return texts
    }

    /// A page in a language, or in the other one where it is written in that only.
    func text(of page: SitePage, in language: Language) -> SiteText? {
        texts[page]?[language] ?? texts[page]?[language.other]
    }

    /// The text of a page that has a version, now or before; nil for one that was not kept.
    func text(of page: SitePage, version: String) -> SiteText? {
        if let now = texts[page]?.values.first(where: { $0.version == version }) { return now }
        guard let language = Language.allCases.first(where: { version.hasPrefix($0.rawValue + "-") }),
            let text = earlier.first(where: { SiteText.version(of: $0, language) == version })
        else { return nil }
        return SiteText(page: page, language: language, isOperators: true, text: text)
    }
}
