import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialIndex

/// What a set of tiles is, where it is and what it holds, as OGC API Tiles and 2D Tile Matrix Set 2.0 say it.
struct Tileset {
    static let listRelation = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
    static let schemeRelation = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
    static let schemesRelation = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
    private static let dataRelation = "http://www.opengis.net/def/rel/ogc/1.0/geodata"
    private static let crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

    let title: String
    let description: String
    /// What stands before `/tiles`, with a slash at its beginning; empty for the tiles of all layers.
    let path: String
    /// The same in TileJSON, with a slash at its beginning.
    let tileJSON: String
    let layers: [PublishedLayer]
    /// What narrows the layers, as it stands in addresses (`collections=a,b`, or `embed=`); empty for all of them.
    var selection = ""

    /// The list whose only entry is this: it says all that a client needs to ask for tiles.
    /// - Parameter root: the public address of this service.
    func list(at root: String) -> JSONObject {
        [
            "links": Link.array([
                Link("self", "\(root)\(path)/tiles" + query(""), type: MediaType.json),
                Link("alternate", "\(root)\(path)/tiles" + query("f=html"), type: MediaType.page),
            ]),
            "tilesets": [.object(entry(at: root))],
        ]
    }

    func metadata(at root: String) -> JSONObject {
        var document = entry(at: root)
        // Not in the list, where the official test suite reads all links of an entry as JSON.
        let page = Link("alternate", address(root, "f=html"), type: "text/html")
        document["links"] = Link.array(links(at: root) + [page])
        document["description"] = description.isEmpty ? nil : .string(description)
        document["mediaTypes"] = .array(TileCache.Format.allCases.map { .string($0.mediaType) })
        if let centre = layers.extent?.centre {
            document["centerPoint"] = [
                "coordinates": [.number(centre.longitude), .number(centre.latitude)], "crs": .string(Self.crs84),
                "tileMatrix": "14",
            ]
        }
        // The schema takes no empty list.
        if !layers.isEmpty { document["layers"] = .array(layers.map { .object(description(of: $0, root)) }) }
        return document
    }

    private func entry(at root: String) -> JSONObject {
        var entry: JSONObject = [
            "title": .string(title), "dataType": "vector", "crs": .string(WebMercatorQuad.crs),
            "tileMatrixSetId": .string(WebMercatorQuad.identifier),
            "tileMatrixSetURI": .string(WebMercatorQuad.uri), "tileMatrixSetLimits": Self.limits,
        ]
        entry["boundingBox"] = layers.extent.map(Self.boundingBox)
        entry["links"] = Link.array(links(at: root))
        return entry
    }

    private func links(at root: String) -> [Link] {
        var links = [
            Link("self", address(root), type: MediaType.json),
            Link("alternate", root + tileJSON, type: tileJSONType, title: "TileJSON"),
            Link(
                Self.schemeRelation, "\(root)/tileMatrixSets/\(WebMercatorQuad.identifier)", type: MediaType.json),
        ]
        if layers.count == 1, !path.isEmpty { links.append(Link(Self.dataRelation, root + path, type: MediaType.json)) }
        return links + templates(at: root)
    }

    /// Where the tiles are, for the reader to fill in, in each format.
    func templates(at root: String) -> [Link] {
        TileCache.Format.allCases.map { format in
            let address = "\(root)\(path)/tiles/\(WebMercatorQuad.identifier)/{tileMatrix}/{tileRow}/{tileCol}"
            return Link(
                "item", address + query("f=\(format.rawValue)"), type: format.mediaType, isTemplated: true)
        }
    }

    private func address(_ root: String, _ parameters: String...) -> String {
        "\(root)\(path)/tiles/\(WebMercatorQuad.identifier)" + query(parameters.joined(separator: "&"))
    }

    private func query(_ parameters: String) -> String {
        let all = [parameters, selection].filter { !$0.isEmpty }
        return all.isEmpty ? "" : "?" + all.joined(separator: "&")
    }

    private var tileJSONType: String { path.isEmpty ? MediaType.tileJSON : MediaType.json }

    /// The tiles that there are: at our zooms each of the matrix, since what is outside limits must not be found and
    /// the next contribution may stand anywhere. Where something stands now, `boundingBox` says.
    private static let limits = JSONValue.array(
        TileAddress.zooms.map { zoom in
            let last = JSONValue.integer((1 << Int64(zoom)) - 1)
            return [
                "tileMatrix": .string(String(zoom)), "minTileRow": 0, "maxTileRow": last, "minTileCol": 0,
                "maxTileCol": last,
            ]
        })

    private func description(of layer: PublishedLayer, _ root: String) -> JSONObject {
        let snapshot = layer.snapshot
        let address = "\(root)/collections/\(layer.identifier)"
        var document: JSONObject = [
            "id": .string(layer.identifier.text), "title": .string(layer.layer.title), "dataType": "vector",
        ]
        document["description"] = layer.layer.description.isEmpty ? nil : .string(layer.layer.description)
        document["geometryDimension"] = snapshot.geometryDimension.map { .integer(Int64($0)) }
        document["minTileMatrix"] = .string(String(TileAddress.zooms.lowerBound))
        document["maxTileMatrix"] = .string(String(TileAddress.zooms.upperBound))
        document["boundingBox"] = snapshot.extent.map(Self.boundingBox)
        document["propertiesSchema"] = .object(TileFields.schema)
        document["links"] = Link.array([Link(Self.dataRelation, address, type: MediaType.json)])
        return document
    }

    private static func boundingBox(_ box: BoundingBox) -> JSONValue {
        [
            "lowerLeft": [.number(box.west), .number(box.south)],
            "upperRight": [.number(box.east), .number(box.north)],
            "crs": .string(crs84), "orderedAxes": ["Lon", "Lat"],
        ]
    }
}
