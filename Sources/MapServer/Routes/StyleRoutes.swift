import Contributions
import Curation
import Foundation
import MapFormats

/// MapLibre styles, read from the folder of styles at each request, so that a designer needs no build.
enum StyleRoutes {
    /// `GET /styles`
    static func list(_ request: RouteRequest) throws -> Reply {
        _ = try MediaChoice.of(request, ["json": MediaType.json], byDefault: "json")
        let folder = request.site.configuration.stylesPath
        let styles = names(request.site).map { name -> JSONValue in
            let address = "\(request.publicURL)/styles/\(name)"
            return [
                "id": .string(name), "title": .string(title(ofStyleAt: "\(folder)/\(name).json") ?? name),
                "links": Link.array([Link("stylesheet", address, type: MediaType.style)]),
            ]
        }
        let document: JSONObject = [
            "styles": .array(styles),
            "links": Link.array([
                Link("self", "\(request.publicURL)/styles", type: MediaType.json),
                Link("alternate", "\(request.publicURL)/styles?f=html", type: MediaType.page),
            ]),
        ]
        return Reply(document.bytes, mediaType: MediaType.json)
    }

    /// The ids of the styles that there are, in alphabetical order.
    static func names(_ site: Site) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: site.configuration.stylesPath)) ?? [])
            .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// The name that a style gives itself; nil when it gives none.
    private static func title(ofStyleAt path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return (try? JSONParser.parse(Array(data)))?["name"]?.text
    }

    /// `GET /styles/{style}`, for the layer named by `layer=` or the first one there is.
    static func one(_ request: RouteRequest) throws -> Reply {
        let name = try request.capture("style")
        let isName =
            !name.isEmpty
            && name.utf8.allSatisfy { byte in
                0x61...0x7A ~= byte || 0x30...0x39 ~= byte || byte == 0x2D
            }
        let path = request.site.configuration.stylesPath + "/\(name).json"
        guard isName, let style = try? String(contentsOfFile: path, encoding: .utf8) else { throw WebError.noSuchPage }
        let text = style.replacing("{publicURL}", with: request.publicURL)
            .replacing("{layer}", with: try layer(request).text)
        return Reply(whatIsServed(of: text, request) ?? Array(text.utf8), mediaType: MediaType.style)
    }

    /// Without the ground and the letters that there are none of here; nil for what is no style.
    private static func whatIsServed(of text: String, _ request: RouteRequest) -> [UInt8]? {
        let configuration = request.site.configuration
        guard var style = StyleDocument(text) else { return nil }
        if configuration.basemap == nil { style.dropSources(at: "\(request.publicURL)/basemap.json") }
        if configuration.fontsPath == nil { style.dropText() } else { style.dropWhatTextReplaces() }
        return style.bytes
    }

    private static func layer(_ request: RouteRequest) throws -> LayerIdentifier {
        if let name = request.parameters["layer"] {
            guard let identifier = try? LayerIdentifier(name), request.site.layers[identifier] != nil else {
                throw WebError.invalidParameter("layer", expected: Parameter.layer.expected)
            }
            return identifier
        }
        guard let first = request.site.listedLayers.first else { throw WebError.noSuchPage }
        return first.identifier
    }
}

extension Parameter {
    static let layer = Parameter(name: "layer", expected: "the id of a layer")
}
