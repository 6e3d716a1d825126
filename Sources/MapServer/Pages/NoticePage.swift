import Contributions
import HTTPTypes
import Hummingbird
import MapFormats

/// What somebody with a browser is told when there is nothing to show: the same as a program, in plain words.
enum NoticePage {
    /// Nil for programs, which get the problem document.
    static func reply(_ problem: Problem, to request: Request, _ site: Site) -> Reply? {
        let isForm = request.headers[.contentType]?.lowercased().hasPrefix(MediaType.form) ?? false
        guard request.method == .get || request.method == .head || isForm, problem.status != .notAcceptable,
            isBrowser(request.headers[.accept]), let parameters = try? QueryParameters(language(in: request))
        else { return nil }
        let asked = RouteRequest(
            site: site, captures: PathCaptures([], []), parameters: parameters, headers: request.headers,
            authority: request.head.authority, path: "/")
        guard let frame = try? PageFrame(asked),
            var reply = try? site.pages.reply("notice", values(problem, frame), in: frame)
        else { return nil }
        reply.status = problem.status
        reply.entityTag = nil
        for field in problem.headers { reply.headers[field.name] = field.value }
        return reply
    }

    /// The language that the address asks for, when it is one of ours: the only part of it that a refusal still hears.
    /// A frame on another site asks with `lang`, as HTML writes it.
    private static func language(in request: Request) -> Substring {
        let query = request.head.path?.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        let asked = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        for name in [Parameter.interface.name, Parameter.embedLanguage.name] {
            let value = asked.first { $0.count == 2 && $0[0] == name }?[1].lowercased().prefix { $0 != "-" } ?? ""
            if let known = PageLanguage(rawValue: String(value)) {
                return "\(Parameter.interface.name)=\(known.rawValue)"
            }
        }
        return ""
    }

    /// Browsers name HTML before everything else.
    private static func isBrowser(_ accept: String?) -> Bool {
        accept?.prefix { $0 != "," && $0 != ";" } == "text/html" && accept?.contains("application/xhtml+xml") == true
    }

    private static func values(_ problem: Problem, _ frame: PageFrame) -> [String: Any] {
        let isNothing = problem.status == .notFound
        let sentence = isNothing ? frame.words["notice", "nothing"] : nil
        return [
            "heading": frame.words["notice", isNothing ? "nothingTitle" : "failedTitle"] ?? "",
            "sentence": sentence ?? problem.detail,
            "opens": problem.members["opensOn"]?.text ?? "",
            "hasOpening": problem.members["opensOn"] != nil,
        ]
    }
}
