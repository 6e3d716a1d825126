import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialIndex

/// The page of a layer: the list, which needs no script, and the map beside it.
enum MapPageRoutes {
    /// `GET /map/{layer}`
    static func map(_ request: RouteRequest) throws -> Reply {
        let layer = try request.layer()
        // An empty search box asks for nothing in particular.
        let parameters = request.parameters.dropping { $0 == "q" && TextFolding.words(in: $1).isEmpty }
        let page = try ItemPage(request, layer, FeatureQueryParser(parameters: parameters))
        let style = "\(request.publicURL)/styles/lieudit?layer=\(layer.identifier)"
        var values: [String: Any] = [
            "id": layer.identifier.text, "title": layer.layer.title, "description": layer.layer.description,
            "prompt": layer.layer.prompt, "items": try page.entries.map(ListedFeature.init).map(\.values),
            "count": page.matched ?? page.entries.count, "hasMap": request.site.configuration.mapLibrePath != nil,
            "style": style,
            "isEmpty": page.entries.isEmpty, "words": request.parameters["q"] ?? "",
            "layers": request.site.layers.all.map { other in
                [
                    "id": other.identifier.text, "title": other.layer.title,
                    "isHere": other.identifier == layer.identifier,
                ]
                    as [String: Any]
            },
        ]
        if let query = page.nextQuery { values["next"] = "/map/\(layer.identifier)?\(query)" }
        let found = page.entries.compactMap(\.feature.box)
        let box = page.matched == nil ? found.dropFirst().reduce(found.first) { $0?.union($1) } : layer.snapshot.extent
        if let box { values["bounds"] = "\(box.west),\(box.south),\(box.east),\(box.north)" }
        return try request.site.pages.reply("map", values)
    }
}

/// One feature as the list shows it.
struct ListedFeature {
    let values: [String: Any]

    init(_ entry: ItemPage.Entry) throws {
        let feature = try entry.feature.withText { text, _ in try GeoJSONReader.feature(from: text) }
        let properties = feature.properties
        let kind = properties["kind"]?.text ?? ""
        var values: [String: Any] = [
            "id": feature.identifier ?? "", "kind": kind, "kindName": Self.kindNames[kind] ?? kind,
            "title": properties["title"]?.text ?? "", "text": properties["text"]?.text ?? "",
            "hasTitle": !(properties["title"]?.text ?? "").isEmpty, "isPlaced": feature.geometry != nil,
        ]
        values["when"] = properties["when"]?.text
        values["author"] = properties["author"]?.text
        values["lang"] = properties["lang"]?.text
        if case .array(let themes)? = properties["theme"] { values["themes"] = themes.compactMap(\.text) }
        self.values = values
    }

    private static let kindNames = ["place": "Lieu", "memory": "Souvenir", "encounter": "Point de rencontre"]
}
