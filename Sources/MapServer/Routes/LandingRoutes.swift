import Contributions
import Curation
import HTTPTypes
import MapFormats
import SpatialIndex

/// `GET /`: what this is and where to go, for programs and for people.
enum LandingRoutes {
    static func landing(_ request: RouteRequest) throws -> Reply {
        switch try MediaChoice.of(request, ["json": MediaType.json, "html": "text/html"], byDefault: "json") {
        case "html": try html(request)
        default: json(request)
        }
    }

    private static func json(_ request: RouteRequest) -> Reply {
        let root = request.publicURL
        let document: JSONObject = [
            "title": "Lieudit",
            "description": "Géographie du sensible : lieux, souvenirs et points de rencontre.",
            "links": Link.array([
                Link("self", "\(root)/", type: MediaType.json),
                Link("alternate", "\(root)/?f=html", type: "text/html"),
                Link("service-desc", "\(root)/api?f=json", type: MediaType.definition, title: "The API definition"),
                Link("service-doc", "\(root)/api?f=html", type: "text/html", title: "The API for people to read"),
                Link("conformance", "\(root)/conformance", type: MediaType.json),
                Link("data", "\(root)/collections", type: MediaType.json, title: "Layers"),
                Link(Tileset.listRelation, "\(root)/tiles", type: MediaType.json, title: "Tiles of all layers"),
                Link(Tileset.schemesRelation, "\(root)/tileMatrixSets", type: MediaType.json),
                Link("http://www.opengis.net/def/rel/ogc/1.0/styles", "\(root)/styles", type: MediaType.json),
            ]),
        ]
        return Reply(document.bytes, mediaType: MediaType.json)
    }

    private static func html(_ request: RouteRequest) throws -> Reply {
        let frame = try PageFrame(request)
        let layers = request.site.listedLayers.map { layer -> [String: Any] in
            [
                "id": layer.identifier.text, "title": layer.layer.title, "description": layer.layer.description,
                "count": frame.words.contributions(layer.snapshot.count),
            ]
        }
        return try request.site.pages.reply("landing", ["layers": layers, "isEmpty": layers.isEmpty], in: frame)
    }
}

extension JSONObject {
    /// The same, for an object that is written where it is used.
    static func encoded(_ members: JSONObject) -> [UInt8] { members.bytes }

    /// The object written out.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        JSONWriter.append(self, to: &bytes)
        return bytes
    }
}
