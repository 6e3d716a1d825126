import Contributions
import Curation
import MapFormats
import MapGeometry
import Projections
import SpatialIndex

/// The layers as OGC collections.
enum CollectionRoutes {
    /// `GET /collections`
    static func list(_ request: RouteRequest) throws -> Reply {
        _ = try MediaChoice.of(request, ["json": MediaType.json], byDefault: "json")
        let document: JSONObject = [
            "links": Link.array([
                Link("self", "\(request.publicURL)/collections", type: MediaType.json),
                Link("alternate", "\(request.publicURL)/collections?f=html", type: "text/html"),
            ]),
            "crs": systems(request),
            "collections": .array(request.site.listedLayers.map { .object(description(of: $0, request)) }),
        ]
        return Reply(document.bytes, mediaType: MediaType.json)
    }

    /// `GET /collections/{layer}`
    static func one(_ request: RouteRequest) throws -> Reply {
        _ = try MediaChoice.of(request, ["json": MediaType.json], byDefault: "json")
        return Reply(description(of: try request.layer(), request).bytes, mediaType: MediaType.json)
    }

    private static func description(of layer: PublishedLayer, _ request: RouteRequest) -> JSONObject {
        var document: JSONObject = [
            "id": .string(layer.identifier.text), "title": .string(layer.layer.title),
            "description": .string(layer.layer.description), "itemType": "feature",
            "crs": systems(request), "storageCrs": .string(CoordinateReferenceSystem.crs84.uri),
        ]
        for member in layer.layer.ruleMembers(request).members { document[member.name] = member.value }
        if let extent = extent(of: layer) { document["extent"] = .object(extent) }
        document["links"] = links(of: layer, request)
        return document
    }

    /// Written out in each layer too, and not as "#/crs": a layer's own document has no list above it.
    private static func systems(_ request: RouteRequest) -> JSONValue {
        .array(request.site.referenceSystems.all.map { .string($0.uri) })
    }

    /// Where and when everything of the layer is; nil when it is nowhere.
    private static func extent(of layer: PublishedLayer) -> JSONObject? {
        let snapshot = layer.snapshot
        var extent = JSONObject()
        if let box = snapshot.extent {
            extent["spatial"] = [
                "bbox": [[down(box.west), down(box.south), up(box.east), up(box.north)]],
                "crs": .string(CoordinateReferenceSystem.crs84.uri),
            ]
        }
        if let time = snapshot.timeExtent {
            extent["temporal"] = ["interval": [[instant(time.lowerBound), instant(time.upperBound)]]]
        }
        return extent.isEmpty ? nil : extent
    }

    /// Six decimals, outwards: who transforms an extent and rounds it to seven must still hold all features.
    private static func down(_ degrees: Double) -> JSONValue {
        let rounded = (degrees * 1e6).rounded() / 1e6
        return .number(rounded <= degrees ? rounded : ((rounded * 1e6).rounded() - 1) / 1e6)
    }

    private static func up(_ degrees: Double) -> JSONValue {
        let rounded = (degrees * 1e6).rounded() / 1e6
        return .number(rounded >= degrees ? rounded : ((rounded * 1e6).rounded() + 1) / 1e6)
    }

    /// A moment of RFC 3339; null for an open end and for years that it does not know.
    private static func instant(_ seconds: Int64) -> JSONValue {
        DateAndTime.text(seconds: seconds).map(JSONValue.string) ?? .null
    }

    private static func links(of layer: PublishedLayer, _ request: RouteRequest) -> JSONValue {
        let root = request.publicURL
        let name = layer.identifier.text
        let links = [
            Link("self", "\(root)/collections/\(name)", type: MediaType.json),
            Link("items", "\(root)/collections/\(name)/items", type: MediaType.geoJSON),
            Link("enclosure", "\(root)/exports/\(name).geojson", type: MediaType.geoJSON),
            Link("alternate", "\(root)/collections/\(name)?f=html", type: "text/html"),
            Link("items", "\(root)/collections/\(name)/items?f=html", type: "text/html"),
            Link("items", "\(root)/collections/\(name)/items?f=csv", type: MediaType.table),
            Link("items", "\(root)/collections/\(name)/items?f=geojsonl", type: MediaType.lines),
            Link(Tileset.listRelation, "\(root)/collections/\(name)/tiles", type: MediaType.json),
            Link("describedby", "\(root)/xyz/\(name).json", type: MediaType.json, title: "TileJSON"),
            LayerSchema.queryables.link(at: "\(root)/collections/\(name)"),
            LayerSchema.sortables.link(at: "\(root)/collections/\(name)"),
            LayerSchema.returnables.link(at: "\(root)/collections/\(name)"),
            Link.changes(of: layer.identifier, at: root),
            Link("describedby", "\(root)/collections/\(name)/schema", type: MediaType.schema, title: "Schema"),
        ]
        return Link.array(links + layer.layer.licenceLinks)
    }
}
