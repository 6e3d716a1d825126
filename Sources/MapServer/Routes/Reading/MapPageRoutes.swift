import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialIndex

/// The page of a layer: the list, which needs no script, and the map beside it.
enum MapPageRoutes {
    /// `GET /map/{layer}`
    static func map(_ request: RouteRequest) throws -> Reply {
        var asked = request
        // What an embed shows has a page of its own.
        asked.parameters = FilterForm.tidied(request.parameters.dropping { name, _ in name == Parameter.embed.name })
        let contract = try? EmbedOptions.contract(request)
        let oEmbed = contract.map { OEmbedRoutes.address(of: $0, request: request) }
        return try list(asked, base: "/map/\(try request.capture("layer"))", oEmbed: oEmbed)
    }

    /// `GET /collections/{layer}/items` for people
    static func features(_ request: RouteRequest) throws -> Reply {
        try list(request, base: request.localPath)
    }

    /// `GET /collections/{layer}/items/{id}` for people
    static func feature(_ request: RouteRequest) throws -> Reply {
        let layer = try request.layer()
        let frame = try PageFrame(request)
        let entry = ItemPage.Entry(feature: try ItemRoutes.feature(request, of: layer), metres: nil)
        let item = try ListedFeature(entry, frame.words, request).values
        var values = surroundings(request, layer, frame)
        values["items"] = [item]
        values["isOne"] = true
        values["one"] = item
        values["address"] = "\(request.publicURL)\(request.localPath)"
        values["bounds"] = entry.feature.box.map(bounds)
        return try request.site.pages.reply("map", values, in: frame)
    }

    /// - Parameter oEmbed: where sites find what to put on their pages; nil for what nobody may frame.
    private static func list(_ request: RouteRequest, base: String, oEmbed: String? = nil) throws -> Reply {
        let layer = try request.layer()
        let frame = try PageFrame(request)
        let page = try ItemPage(request, layer, FeatureQueryParser(parameters: request.parameters))
        var values = surroundings(request, layer, frame)
        values["items"] = try page.entries.map { try ListedFeature($0, frame.words, request).values }
        values["countText"] = count(of: page, frame.words)
        values["isEmpty"] = page.entries.isEmpty
        values["oembed"] = oEmbed
        if let query = page.nextQuery { values["next"] = "\(base)?\(query)" }
        let found = page.entries.compactMap(\.feature.box)
        let box = page.matched == nil ? found.dropFirst().reduce(found.first) { $0?.union($1) } : layer.snapshot.extent
        values["bounds"] = box.map(bounds)
        values.merge(FilterForm(request.parameters, layer, frame.words).values) { _, form in form }
        return try request.site.pages.reply("map", values, in: frame)
    }

    /// How many are shown, and of how many where that is known.
    static func count(of page: ItemPage, _ words: Words) -> String {
        let shown = words.number(page.entries.count)
        if let all = page.matched, all > page.entries.count {
            return (words["reading", "some"] ?? "").replacing("{shown}", with: shown).replacing(
                "{all}", with: words.number(all))
        }
        guard page.nextQuery != nil else { return shown }
        return (words["reading", "someOfMany"] ?? "").replacing("{shown}", with: shown)
    }

    /// What stands around the list, whatever is in it.
    private static func surroundings(
        _ request: RouteRequest, _ layer: PublishedLayer, _ frame: PageFrame
    ) -> [String: Any] {
        let address = "\(request.publicURL)/map/\(layer.identifier)"
        var values: [String: Any] = [
            "id": layer.identifier.text, "title": layer.layer.title, "layerTitle": layer.layer.title,
            "description": layer.layer.description,
            "layerPrompt": layer.layer.prompt,
            "hasMap": request.site.configuration.mapLibrePath != nil && layer.embed == nil,
            "style": "\(request.publicURL)/styles/lieudit?layer=\(layer.identifier)",
            "nightStyle": "\(request.publicURL)/styles/lieudit-nuit?layer=\(layer.identifier)",
            "contrastStyle": "\(request.publicURL)/styles/lieudit-contraste?layer=\(layer.identifier)",
            "isEmpty": false, "isOne": false, "asked": request.parameters["q"] ?? "", "address": address,
            "layerAddress": address,
            "scriptWords": frame.words.json(of: "map", "kinds", "time", "reading", "shown", "states"),
            "layers": request.site.listedLayers.map { other -> [String: Any] in
                let isHere = other.identifier == layer.identifier
                return ["id": other.identifier.text, "title": other.layer.title, "isHere": isHere]
            },
        ]
        values["licence"] = layer.layer.licence
        values["licenceAddress"] = layer.layer.licence.flatMap(Layer.address(ofLicence:))
        values["extent"] = layer.snapshot.extent.map(bounds)
        return values
    }

    private static func bounds(_ box: BoundingBox) -> String { "\(box.west),\(box.south),\(box.east),\(box.north)" }
}
