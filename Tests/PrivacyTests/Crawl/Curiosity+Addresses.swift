import Contributions
import Curation
import MapGeometry

@testable import MapServer

/// What is asked of each route.
extension Curiosity {
    /// The addresses of one route; nil for a route that nobody has thought of here, which a test does not let pass.
    func addresses(of route: Route) -> [String]? {
        guard let addresses = plainAddresses(of: route), route.parameterNames.contains(Parameter.embed.name) else {
            return plainAddresses(of: route)
        }
        return addresses + thinned(addresses).compactMap(onEmbed)
    }

    /// A few hundred at most of each route: what shows on an embed is asked for in the same ways.
    private func thinned(_ addresses: [String]) -> [String] {
        let step = addresses.count / 300 + 1
        return stride(from: 0, to: addresses.count, by: step).map { addresses[$0] }
    }

    /// The same asked of the embed of its layer; nil for an address that names none of the layers.
    private func onEmbed(_ address: String) -> String? {
        let path = address.prefix { $0 != "?" }
        guard let place = layers.firstIndex(where: { isNamed($0, in: path) })
        else { return nil }
        return address + (address.contains("?") ? "&" : "?") + "embed=\(World.embed(place))"
    }

    private func isNamed(_ layer: String, in path: Substring) -> Bool {
        path.hasSuffix("/\(layer).json") || path.hasSuffix("/\(layer)") || path.contains("/\(layer)/")
    }

    private func plainAddresses(of route: Route) -> [String]? {
        let template = route.template
        switch template {
        case "/", "/conformance", "/api", "/collections", "/tileMatrixSets", "/tileMatrixSets/WebMercatorQuad",
            "/tiles", "/styles", "/favicon.ico", "/health", "/health/live", "/moderation/history", "/mine", "/sw.js",
            "/desk":
            return [template]
        case "/collections/{layer}", "/collections/{layer}/queryables", "/collections/{layer}/schema",
            "/collections/{layer}/sortables", "/collections/{layer}/tiles",
            "/collections/{layer}/tiles/WebMercatorQuad", "/contribute/{layer}":
            return ofLayers(template)
        // All at once: the address of a next page holds where it begins.
        case "/changes/{layer}": return ofLayers(template).flatMap { ["\($0)?limit=10000", "\($0)?since=abc"] }
        case "/collections/{layer}/items":
            return layers.map { template.replacing("{layer}", with: $0) }.flatMap(questions)
        case "/map/{layer}": return ofLayers(template).flatMap(sparse.questions)
        case "/collections/{layer}/items/{id}":
            return ofLayers(template).flatMap { address in
                identifiers.map { address.replacing("{id}", with: $0) }
            }
        case "/tiles/WebMercatorQuad": return [template, "\(template)?collections=\(layers[0])"]
        case "/xyz/{layer}.json": return ofLayers(template).flatMap { [$0, "\($0)?kind=memory"] }
        case "/styles/{style}": return ["/styles/lieudit"] + layers.map { "/styles/lieudit-nuit?layer=\($0)" }
        // Codes of nobody's: what they are answered is the same in every world.
        case "/e/{code}": return ["/e/7K3M-0QXA-T9ZD", "/e/rien"]
        case "/assets/{file}": return ["/assets/map.js", "/assets/lieudit.css", "/assets/none.js"]
        case "/embed/{layer}":
            return ofLayers(template).flatMap { [$0, "\($0)?list=only", "\($0)?kind=memory&lang=en"] }
        case "/embed/{layer}/colours.css": return ofLayers(template)
        case "/embed.js": return [template]
        case "/oembed":
            let pages = layers.indices.map { "https://lieu.example/embed/\(layers[$0])?embed=\(World.embed($0))" }
            return [template]
                + (pages + ["https://lieu.example/embed/inconnue"]).map {
                    "\(template)?url=\($0.percentEncoded)"
                }
        case "/pages/{page}":
            return ["rules", "privacy?interface=en", "contact", "rules?version=fr-00000000", "none"].map {
                "/pages/\($0)"
            }
        case "/basemap.json", "/basemap/names.json": return [template]
        case "/basemap/{z}/{x}/{y}.mvt": return shallow.map { filled(template, $0) }
        case "/fonts/{font}/{range}.pbf":
            return ["Noto%20Sans%20Regular/0-255", "Noto%20Sans%20Regular/256-511", "none/0-255"].map {
                "/fonts/\($0).pbf"
            }
        case "/xyz/{layer}/clusters/{cluster}/children", "/xyz/{layer}/clusters/{cluster}/leaves":
            // Those that there are come from the tiles.
            return ofLayers(template).map { $0.replacing("{cluster}", with: "12345") }
        default:
            // Whole files take a process or thousands of tiles each: they are made of what the others tell, too.
            if FileFormat.allCases.contains(where: { template == "/exports/{layer}.\($0.rawValue)" }) {
                return [template.replacing("{layer}", with: layers[0])]
            }
            if template.hasPrefix("/exports/{layer}.") { return ofLayers(template).flatMap(narrowed) + around(template) }
            return tileAddresses(of: template)
        }
    }

    /// A file of what is near somewhere, in a box, in another system.
    private func around(_ template: String) -> [String] {
        let address = template.replacing("{layer}", with: layers[0])
        let questions = ["near=2.379,48.868&radius=700", "near=2.379,48.868&radius=61", "bbox=2.37,48.86,2.38,48.87"]
        let isPlain = [".geojson", ".geojsonl", ".csv"].contains { address.hasSuffix($0) }
        let systems = isPlain ? ["crs=http://www.opengis.net/def/crs/EPSG/0/2154"] : []
        return (questions + systems).map { "\(address)?\($0)" }
    }

    private func ofLayers(_ template: String) -> [String] {
        (layers + ["inconnue"]).map { template.replacing("{layer}", with: $0) }
    }

    private func tileAddresses(of template: String) -> [String]? {
        switch template {
        case "/xyz/{layer}/{z}/{x}/{y}.geojson", "/xyz/{layer}/{z}/{x}/{y}.mvt":
            return layers.flatMap { layer in
                let address = template.replacing("{layer}", with: layer)
                let all = tiles.map { filled(address, $0) }
                return all + all.prefix(9).flatMap(narrowed) + [address.replacing("{z}", with: "99")]
            }
        case "/collections/{layer}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}":
            return layers.flatMap { layer in
                shallow.flatMap { tile in inBothFormats(filled(template.replacing("{layer}", with: layer), tile)) }
            }
        case "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}":
            return shallow.flatMap { inBothFormats(filled(template, $0)) }
        default: return nil
        }
    }

    private var shallow: [TileAddress] { tiles.filter { $0.zoom <= deepest } }

    private func inBothFormats(_ address: String) -> [String] { ["\(address)?f=geojson", "\(address)?f=mvt"] }

    private func filled(_ template: String, _ tile: TileAddress) -> String {
        let numbers = [
            "{z}": tile.zoom, "{x}": tile.column, "{y}": tile.row, "{tileMatrix}": tile.zoom, "{tileCol}": tile.column,
            "{tileRow}": tile.row,
        ]
        return numbers.reduce(template) { $0.replacing($1.key, with: String($1.value)) }
    }

    /// The conditions that narrow tiles and exports.
    private func narrowed(_ address: String) -> [String] {
        [address] + ["kind=memory", "datetime=1980/..", "q=bal"].map { "\(address)?\($0)" }
            + themes.prefix(2).map { "\(address)?theme=\($0.percentEncoded)" }
    }
}

extension String {
    /// As it stands in a query.
    var percentEncoded: String {
        utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
