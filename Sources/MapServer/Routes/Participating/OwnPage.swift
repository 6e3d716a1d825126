import HTTPTypes
import MapFormats

/// The page on which somebody finds again what they gave. It is the same for everybody: whose it is stands in the
/// fragment, which is never sent, or on the paper that they type.
enum OwnPage {
    /// `GET /mine`
    static func page(_ request: RouteRequest) throws -> Reply {
        let frame = try PageFrame(request)
        let words = frame.words.json(
            of: "own", "say", "plan", "precision", "time", "kinds", "receipt", "warning", "flags")
        let settings: JSONObject = [
            "names": .boolean(request.site.hasNames),
            "tongues": .object(JSONObject(Tongue.usual.map { ($0, .string(Tongue.name(of: $0))) })),
        ]
        var reply = try request.site.pages.reply(
            "mine",
            [
                "scriptWords": words, "settings": JSONWriter.text(of: .object(settings)),
                "hasMap": request.site.configuration.mapLibrePath != nil,
            ], in: frame)
        reply.isIndexable = false
        return reply
    }

    /// `GET /sw.js`: keeps the pages of those who contribute at hand while there is no network. Its own policy lets it
    /// fetch, which the one of other scripts would not.
    static func serviceWorker(_ request: RouteRequest) throws -> Reply {
        Reply(
            try request.site.pages.asset("sw.js"), mediaType: MediaType.script,
            headers: [.contentSecurityPolicy: "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"])
    }
}
