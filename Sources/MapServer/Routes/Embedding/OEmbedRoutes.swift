import Contributions
import Curation
import HTTPTypes
import MapFormats

/// oEmbed 1.0: what a site that is given the address of a partner's map puts on its page.
enum OEmbedRoutes {
    private static let width = 720
    private static let height = 620
    /// What leaves our page whole in a frame that forbids all but what is named.
    private static let sandbox =
        "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox"

    /// `GET /oembed`
    /// - Throws: `WebError.formatNotImplemented` for anything but JSON (501, as oEmbed asks), what becomes a 404 for
    ///   an address that bears no key of an open embed.
    static func document(_ request: RouteRequest) throws -> Reply {
        let format = request.parameters["format"] ?? "json"
        guard format == "json" else { throw WebError.formatNotImplemented(offered: "json") }
        guard let address = request.parameters["url"] else {
            throw WebError.invalidParameter("url", expected: Parameter.url.expected)
        }
        let parser = FeatureQueryParser(parameters: request.parameters)
        let most = (try parser.value(.maxwidth, read: length), try parser.value(.maxheight, read: length))
        let (embed, options) = try named(by: address, request)
        let title = embed.embed.title.isEmpty ? embed.shown.layer.title : embed.embed.title
        let size = (min(width, most.0 ?? width), min(height, most.1 ?? height))
        let document: JSONObject = [
            "version": "1.0", "type": "rich", "title": .string(title), "provider_name": "Lieudit",
            "provider_url": .string(request.publicURL + "/"), "cache_age": 3_600,
            "width": .integer(Int64(size.0)), "height": .integer(Int64(size.1)),
            "html": .string(frame(of: embed, title, options, size, request)),
        ]
        var reply = Reply(document.bytes, mediaType: MediaType.json)
        reply.isIndexable = false
        return reply
    }

    /// Where this is found for one embed.
    static func address(of embed: PublishedEmbed, request: RouteRequest) -> String {
        let page = "\(request.publicURL)/embed/\(embed.embed.layer)\(embed.shown.query())"
        return "\(request.publicURL)/oembed?url=\(PercentDecoding.encodeQuery(page))&format=json"
    }

    private static func frame(
        of embed: PublishedEmbed, _ title: String, _ options: QueryParameters, _ size: (Int, Int),
        _ request: RouteRequest
    ) -> String {
        let query = options.text.isEmpty ? "" : "&\(options.text)"
        let page = "\(request.publicURL)/embed/\(embed.embed.layer)\(embed.shown.query())\(query)"
        let escaping = MarkupEscaping()
        let position = embed.embed.takesContributions ? #" allow="geolocation""# : ""
        return """
            <iframe src="\(escaping.escapeText(page))" title="\(escaping.escapeText(title))" width="\(size.0)" \
            height="\(size.1)" loading="lazy" referrerpolicy="no-referrer" sandbox="\(sandbox)"\(position)></iframe>
            """
    }

    /// The embed that an address of ours names, `/embed/{layer}?embed=` or `/map/{layer}?embed=`, and the options in it.
    private static func named(
        by address: String, _ request: RouteRequest
    ) throws -> (PublishedEmbed, QueryParameters) {
        let root = request.publicURL + "/"
        let parts = address.prefix { $0 != "#" }.split(separator: "?", maxSplits: 1)
        guard parts.count == 2, parts[0].hasPrefix(root), let parameters = try? QueryParameters(parts[1]) else {
            throw WebError.noSuchPage
        }
        let segments = parts[0].dropFirst(root.count).split(separator: "/")
        guard segments.count == 2, ["embed", "map"].contains(segments[0]),
            let key = parameters[Parameter.embed.name].flatMap({ PublicIdentifier($0) }),
            let embed = request.site.layers.embed(key), embed.embed.layer.text == segments[1]
        else { throw WebError.noSuchPage }
        if case .unopened = embed.shown.layer.phase(at: request.now, in: request.site.localTime) {
            throw WebError.noSuchPage
        }
        return (embed, parameters.dropping { name, _ in !options.contains(name) })
    }

    private static let options: Set<String> = ["bbox", "kind", "theme", "style", "lang", "list"]

    /// Pixels.
    private static func length(_ text: String) -> Int? { Int(text).flatMap { (1...100_000).contains($0) ? $0 : nil } }
}

extension Parameter {
    static let url = Parameter(name: "url", expected: "the address of a page /embed/{layer}?embed={key}")
    static let maxwidth = Parameter(name: "maxwidth", expected: "a whole number of pixels")
    static let maxheight = Parameter(name: "maxheight", expected: "a whole number of pixels")
    static let oEmbedFormat = Parameter(name: "format", expected: "json", schema: .oneOf(["json"]))
}
