import Contributions
import Curation
import HTTPTypes
import MapFormats
import MapGeometry
import SpatialIndex

/// The page of a layer for a frame on another site: the list, which needs no script, and the map beside it. All that
/// stands on it is what the partner has cleared.
enum EmbedPage {
    /// `GET /embed/{layer}`
    static func page(_ request: RouteRequest) throws -> Reply {
        let options = try EmbedOptions(request)
        let layer = try options.request.layer()
        let frame = try PageFrame(options.request)
        var values = look(options, layer, frame)
        values.merge(try listed(options, layer, frame)) { _, own in own }
        values.merge(links(options, layer, frame)) { _, own in own }
        var reply = try request.site.pages.reply("embed", values, in: frame, under: PagePolicy(options.contract))
        reply.isIndexable = false
        return reply
    }

    /// `GET /embed/{layer}/colours.css`
    static func colours(_ request: RouteRequest) throws -> Reply {
        _ = try request.layer()
        let palette = try EmbedOptions.contract(request).flatMap { EmbedPalette($0.embed.look.colours) }
        return Reply(Array((palette?.sheet ?? "").utf8), mediaType: MediaType.css)
    }

    /// `GET /embed.js`: the element that puts such a page on another site.
    static func script(_ request: RouteRequest) throws -> Reply {
        let script = try request.site.pages.asset("lieudit-map.js")
        return Reply(script, mediaType: MediaType.script, headers: [.cacheControl: "public, max-age=60"])
    }

    /// How it looks, and what the script needs to draw the map.
    private static func look(
        _ options: EmbedOptions, _ layer: PublishedLayer, _ frame: PageFrame
    ) -> [String: Any] {
        let hasMap = options.list != .only && options.request.site.configuration.mapLibrePath != nil
        let style = { (name: String) in "\(options.request.publicURL)/styles/\(name)?layer=\(layer.identifier)" }
        var values: [String: Any] = [
            "id": layer.identifier.text, "title": title(options, layer), "layerTitle": layer.layer.title,
            "hasMap": hasMap, "isListed": options.list != .none, "isFolded": options.list == .none,
            "list": options.list.rawValue, "style": style(options.style ?? "lieudit"), "isOne": false,
            "nightStyle": style(options.style ?? "lieudit-nuit"),
            "scriptWords": frame.words.json(
                of: "map", "kinds", "time", "reading", "shown", "states", "embedding"),
        ]
        if let palette = options.palette {
            values["colours"] = "/embed/\(layer.identifier)/colours.css\(layer.query())"
            values["tone"] = palette.isDark ? "dark" : "light"
        }
        values["extent"] = layer.snapshot.extent.map(numbers)
        values["bounds"] = (options.box ?? layer.snapshot.extent).map(numbers)
        return values
    }

    /// The first page of the list, and what the script asks to go on.
    private static func listed(
        _ options: EmbedOptions, _ layer: PublishedLayer, _ frame: PageFrame
    ) throws -> [String: Any] {
        let request = options.request
        let page = try ItemPage(request, layer, FeatureQueryParser(parameters: request.parameters))
        var question = JSONObject()
        for (name, value) in request.parameters.values where ["embed", "kind", "theme"].contains(name) {
            question[name] = .string(value)
        }
        var values: [String: Any] = [
            "items": try page.entries.map { try ListedFeature($0, frame.words, request).values },
            "countText": MapPageRoutes.count(of: page, frame.words), "isEmpty": page.entries.isEmpty,
            "question": JSONWriter.text(of: .object(question)),
        ]
        if request.parameters["bbox"] != nil { values["box"] = options.box.map(numbers) }
        if let query = page.nextQuery {
            let rest = options.kept.dropping { name, _ in name == Parameter.interface.name || name == "lang" }.text
            values["next"] = "/embed/\(layer.identifier)?\(query)" + (rest.isEmpty ? "" : "&\(rest)")
            values["nextItems"] = "/collections/\(layer.identifier)/items?\(items(query))"
        }
        return values
    }

    /// The query of a page of ours as items take it.
    private static func items(_ query: String) -> String {
        query.split(separator: "&").filter { !$0.hasPrefix("\(Parameter.interface.name)=") }.joined(separator: "&")
    }

    private static func links(
        _ options: EmbedOptions, _ layer: PublishedLayer, _ frame: PageFrame
    ) -> [String: Any] {
        let root = options.request.publicURL
        var values: [String: Any] = ["address": "\(root)/map/\(layer.identifier)", "home": "\(root)/"]
        if options.takesContributions, isOpen(layer, options.request) {
            values["contribute"] = "\(root)/contribute/\(layer.identifier)"
            values["contributeHere"] = options.contract.map { _ in
                "/contribute/\(layer.identifier)\(layer.query())\(frame.values["andStay"] ?? "")"
            }
        }
        values["whole"] = "/embed/\(layer.identifier)\(layer.query())"
        values["oembed"] = options.contract.map { OEmbedRoutes.address(of: $0, request: options.request) }
        values["licence"] = layer.layer.licence
        values["licenceAddress"] = layer.layer.licence.flatMap(Layer.address(ofLicence:))
        return values
    }

    private static func title(_ options: EmbedOptions, _ layer: PublishedLayer) -> String {
        let own = options.contract?.embed.title ?? ""
        return own.isEmpty ? layer.layer.title : own
    }

    private static func isOpen(_ layer: PublishedLayer, _ request: RouteRequest) -> Bool {
        if layer.layer.contributors == .curators { return false }
        if case .closed = layer.layer.phase(at: request.now, in: request.site.localTime) { return false }
        return true
    }

    private static func numbers(_ box: BoundingBox) -> String { "\(box.west),\(box.south),\(box.east),\(box.north)" }
}
