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

    /// The list whose only entry is this: it says all that a client needs to ask for tiles.
    /// - Parameter root: the public address of this service.
    func list(at root: String) -> JSONObject {
        [
            "links": Link.array([
                Link("self", "\(root)\(path)/tiles", type: MediaType.json),
                Link("alternate", "\(root)\(path)/tiles?f=html", type: MediaType.page),
            ]),
            "tilesets": [.object(entry(at: root))],
        ]
    }

    func metadata(at root: String) -> JSONObject {
        var document = entry(at: root)
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
            "tileMatrixSetURI": .string(WebMercatorQuad.uri), "tileMatrixSetLimits": limits,
        ]
        entry["boundingBox"] = layers.extent.map(Self.boundingBox)
        entry["links"] = links(at: root)
        return entry
    }

    private func links(at root: String) -> JSONValue {
        let address = "\(root)\(path)/tiles/\(WebMercatorQuad.identifier)"
        var links = [
            Link("self", address, type: MediaType.json),
            Link("alternate", root + tileJSON, type: tileJSONType, title: "TileJSON"),
            Link("alternate", "\(address)?f=html", type: MediaType.page),
            Link(
                Self.schemeRelation, "\(root)/tileMatrixSets/\(WebMercatorQuad.identifier)", type: MediaType.json),
        ]
        if layers.count == 1, !path.isEmpty { links.append(Link(Self.dataRelation, root + path, type: MediaType.json)) }
        links += TileCache.Format.allCases.map { format in
            Link(
                "item", "\(address)/{tileMatrix}/{tileRow}/{tileCol}?f=\(format.rawValue)", type: format.mediaType,
                isTemplated: true)
        }
        return Link.array(links)
    }

    private var tileJSONType: String { path.isEmpty ? MediaType.tileJSON : MediaType.json }

    /// The tiles that may show something; all others inside the matrix are there too, and empty.
    private var limits: JSONValue {
        let box = layers.extent ?? .world
        return .array(
            TileAddress.zooms.map { zoom in
                let range = TileRange(zoom: zoom, around: box)
                return [
                    "tileMatrix": .string(String(zoom)),
                    "minTileRow": .integer(Int64(range.rows.lowerBound)),
                    "maxTileRow": .integer(Int64(range.rows.upperBound)),
                    "minTileCol": .integer(Int64(range.columns.lowerBound)),
                    "maxTileCol": .integer(Int64(range.columns.upperBound)),
                ]
            })
    }

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
