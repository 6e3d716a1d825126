import Contributions
import Curation
import HTTPTypes
import MapFormats

/// What a parent does who has been handed a code by their child: read, agree, refuse, withdraw.
///
/// Codes that open nothing are counted and answered alike; whatever is answered is for this reader only
/// (`Confidentiality`).
enum ParentRoutes {
    /// `GET /parents/{code}`
    static func view(_ request: RouteRequest) throws -> Reply {
        let isPage = try isPageWanted(request)
        let view = try request.countingCodes { code in
            try request.site.participation.view(forParent: code, at: request.now)
        }
        return isPage
            ? try ParentPage.reply(view, request)
            : Reply(
                .bytes(try ParentDocument.view(view, Language(of: request))), mediaType: MediaType.json)
    }

    /// `POST /parents/{code}`, with JSON or from the form of the page.
    static func answer(_ request: RouteRequest) async throws -> Reply {
        let isForm = request.headers[.contentType]?.lowercased().hasPrefix(MediaType.form) ?? false
        let isPage = try isForm || isPageWanted(request)
        let language = try Language(of: request)
        try request.takeWrite()
        let body = try await request.body.bytes()
        let answer = try isForm ? ParentAnswerBody.form(body) : ParentAnswerBody.document(body)
        do {
            let view = try await request.countingCodes { code in
                try await request.site.participation.answer(
                    answer, forParent: code, text: request.site.consentTexts.parents(in: language), at: request.now)
            }
            if view == nil { request.site.upkeep.forgetSoon() }
            if isPage { return try ParentPage.reply(view, request) }
            return Reply(.bytes(try ParentDocument.view(view, language)), mediaType: MediaType.json)
        } catch CurationError.changedSince where isPage {
            var reply = try view(request.asPage)
            reply.status = .conflict
            return reply
        }
    }

    /// `DELETE /parents/{code}`
    static func withdraw(_ request: RouteRequest) async throws -> Reply {
        try request.takeWrite()
        _ = try await request.countingCodes { code in
            try await request.site.participation.answer(
                .withdraw, forParent: code, text: .parents(in: Language(of: request.headers)), at: request.now)
        }
        request.site.upkeep.forgetSoon()
        return Reply(.bytes([]), mediaType: MediaType.json, status: .noContent)
    }

    private static func isPageWanted(_ request: RouteRequest) throws -> Bool {
        try MediaChoice.of(request, ["json": MediaType.json, "html": MediaType.page], byDefault: "json") == "html"
    }
}

extension RouteRequest {
    /// Opens a parent's code; one that opens nothing counts as a failure, whatever its form.
    fileprivate func countingCodes<Value>(_ body: (PaperCode) throws -> Value) throws -> Value {
        try requireFewFailures()
        return try countingFailures(of: .unknownContribution) { try body(try paperCode()) }
    }

    fileprivate func countingCodes<Value>(_ body: (PaperCode) async throws -> Value) async throws -> Value {
        try requireFewFailures()
        return try await countingFailures(of: .unknownContribution) { try await body(try paperCode()) }
    }

    private func paperCode() throws -> PaperCode {
        guard let code = PaperCode(try capture("code")) else { throw CurationError.unknownContribution }
        return code
    }

    /// The same, whatever form it came in.
    fileprivate var asPage: RouteRequest {
        var request = self
        request.parameters = parameters.dropping { name, _ in name == "f" }
        request.headers[.accept] = MediaType.page
        return request
    }
}
