import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialIndex

/// The page of a layer: the list, which needs no script, and the map beside it.
enum MapPageRoutes {
    /// `GET /map/{layer}`
    static func map(_ request: RouteRequest) throws -> Reply {
        // An empty search box asks for nothing in particular.
        let parameters = request.parameters.dropping { $0 == "q" && TextFolding.words(in: $1).isEmpty }
        // What an embed shows has a page of its own.
        var request = request
        request.parameters = request.parameters.dropping { name, _ in name == Parameter.embed.name }
        return try list(request, parameters, base: "/map/\(try request.capture("layer"))")
    }

    /// `GET /collections/{layer}/items` for people
    static func features(_ request: RouteRequest) throws -> Reply {
        try list(request, request.parameters, base: request.localPath)
    }

    /// `GET /collections/{layer}/items/{id}` for people
    static func feature(_ request: RouteRequest) throws -> Reply {
        let layer = try request.layer()
        let frame = try PageFrame(request)
        let entry = ItemPage.Entry(feature: try ItemRoutes.feature(request, of: layer), metres: nil)
        let item = try ListedFeature(entry, frame.words).values
        var values = surroundings(request, layer, frame)
        values["items"] = [item]
        values["isOne"] = true
        values["one"] = item
        values["bounds"] = entry.feature.box.map(bounds)
        return try request.site.pages.reply("map", values, in: frame)
    }

    private static func list(_ request: RouteRequest, _ parameters: QueryParameters, base: String) throws -> Reply {
        let layer = try request.layer()
        let frame = try PageFrame(request)
        let page = try ItemPage(request, layer, FeatureQueryParser(parameters: parameters))
        var values = surroundings(request, layer, frame)
        values["items"] = try page.entries.map { try ListedFeature($0, frame.words).values }
        values["count"] = page.matched ?? page.entries.count
        values["isEmpty"] = page.entries.isEmpty
        if let query = page.nextQuery { values["next"] = "\(base)?\(query)" }
        let found = page.entries.compactMap(\.feature.box)
        let box = page.matched == nil ? found.dropFirst().reduce(found.first) { $0?.union($1) } : layer.snapshot.extent
        values["bounds"] = box.map(bounds)
        return try request.site.pages.reply("map", values, in: frame)
    }

    /// What stands around the list, whatever is in it.
    private static func surroundings(
        _ request: RouteRequest, _ layer: PublishedLayer, _ frame: PageFrame
    ) -> [String: Any] {
        [
            "id": layer.identifier.text, "title": layer.layer.title, "description": layer.layer.description,
            "layerPrompt": layer.layer.prompt, "hasMap": request.site.configuration.mapLibrePath != nil && layer.embed == nil,
            "style": "\(request.publicURL)/styles/lieudit?layer=\(layer.identifier)", "isEmpty": false,
            "isOne": false, "asked": request.parameters["q"] ?? "",
            "scriptWords": frame.words.json(of: "map", "kinds", "time"),
            "layers": request.site.listedLayers.map { other -> [String: Any] in
                let isHere = other.identifier == layer.identifier
                return ["id": other.identifier.text, "title": other.layer.title, "isHere": isHere]
            },
        ]
    }

    private static func bounds(_ box: BoundingBox) -> String { "\(box.west),\(box.south),\(box.east),\(box.north)" }
}

/// One feature as the list shows it.
struct ListedFeature {
    let values: [String: Any]

    init(_ entry: ItemPage.Entry, _ words: Words) throws {
        let feature = try entry.feature.withText { text, _ in try GeoJSONReader.feature(from: text) }
        let properties = feature.properties
        let kind = properties["kind"]?.text ?? ""
        var values: [String: Any] = [
            "item": feature.identifier ?? "", "kind": kind, "kindName": words["kinds", kind] ?? kind,
            "title": properties["title"]?.text ?? "", "text": properties["text"]?.text ?? "",
            "hasTitle": !(properties["title"]?.text ?? "").isEmpty, "isPlaced": feature.geometry != nil,
        ]
        values["when"] = properties["when"]?.text
        values["author"] = properties["author"]?.text
        values["lang"] = properties["lang"]?.text
        if case .array(let themes)? = properties["theme"] { values["themes"] = themes.compactMap(\.text) }
        self.values = values
    }
}
