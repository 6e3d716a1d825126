import HTTPTypes

/// The desk: one page for all who look after layers. It holds nothing of anybody; what each may see comes afterwards.
enum DeskPage {
    /// `GET /desk`
    static func page(_ request: RouteRequest) throws -> Reply {
        let frame = try PageFrame(request)
        let values: [String: Any] = [
            "scriptWords": frame.words.json { isOwn($0) },
            // So that who has no session is not asked for it, and answered with a refusal.
            "mayBeSignedIn": SessionCookie.isSent(in: request.headers),
            "hasMap": request.site.configuration.mapLibrePath != nil,
        ]
        var reply = try request.site.pages.reply(
            "desk", values, in: frame, under: PagePolicy(framesOwnPages: true))
        reply.isIndexable = false
        reply.headers[.cacheControl] = "private, no-store"
        return reply
    }

    /// The groups of words that sections of the desk use: their own, and some of the pages for everybody.
    private static func isOwn(_ group: String) -> Bool {
        ["desk", "craft"].contains { group.hasPrefix($0) }
            || ["kinds", "time", "plan", "precision", "line"].contains(group)
    }
}
