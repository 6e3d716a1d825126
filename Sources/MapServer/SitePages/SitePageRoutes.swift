import Contributions
import HTTPTypes

/// The pages that a site owes, as people read them.
enum SitePageRoutes {
    /// `GET /pages/{page}`
    static func page(_ request: RouteRequest) throws -> Reply {
        guard let page = SitePage(rawValue: try request.capture("page")) else { throw WebError.noSuchPage }
        let frame = try PageFrame(request)
        let asked = request.parameters[Parameter.textVersion.name]
        guard let now = request.site.sitePages.text(of: page, in: frame.language) else { throw WebError.noSuchPage }
        let text = try asked.map { try kept(page, $0, request) } ?? now
        var reply = try request.site.pages.reply("site-page", try values(text, now, request, frame), in: frame)
        reply.isIndexable = text.version == now.version
        return reply
    }

    private static func kept(_ page: SitePage, _ version: String, _ request: RouteRequest) throws -> SiteText {
        guard let text = request.site.sitePages.text(of: page, version: version) else { throw WebError.noSuchPage }
        return text
    }

    private static func values(
        _ text: SiteText, _ now: SiteText, _ request: RouteRequest, _ frame: PageFrame
    ) throws -> [String: Any] {
        let asked = try Language.asked(by: request)
        let markdown = Markdown(text.text)
        let isNow = SitePage.allCases.contains { page in
            page == text.page
                && Language.allCases.contains { request.site.sitePages.text(of: page, in: $0)?.version == text.version }
        }
        return [
            "title": markdown.title ?? frame.words["sitePages", text.page.rawValue] ?? "",
            "body": markdown.html { staying($0, in: asked) },
            "isTemplate": !text.isOperators, "isUnfinished": text.isOperators && markdown.isUnfinished,
            "isOtherLanguage": text.language != frame.language, "textLanguage": text.language.rawValue,
            "version": text.version, "isEarlier": !isNow, "pageName": text.page.rawValue,
        ]
    }

    /// An address within this site as the texts write it, still in the language that was asked for.
    private static func staying(_ address: String, in asked: Language?) -> String {
        guard let asked, address.hasPrefix("/"), !address.contains("#"), !address.contains("?") else { return address }
        return "\(address)?\(Parameter.interface.name)=\(asked.rawValue)"
    }
}

extension Parameter {
    static let textVersion = Parameter(
        name: "version", expected: "the version of the text, as a proof of consent names it, such as fr-3f9a2c71")
}

extension RouteTable {
    /// What a site owes to whoever comes, and no part of the API.
    static let sitePages = [
        Route(
            "/pages/{page}", nil, [.interface, .textVersion], toleratesUnknownParameters: true, SitePageRoutes.page)
    ]
}
