import Contributions
import Curation
import HTTPTypes
import Projections
import SpatialIndex

/// Layers as whole files: GeoPackage, FlatGeobuf and archives of tiles, made when they are asked for and kept.
enum FileExports {
    static let routes = FileFormat.allCases.map { format in
        Route("/exports/{layer}.\(format.rawValue)", .export(format), parameters(of: format)) {
            try await export($0, as: format)
        }
    }

    private static func parameters(of format: FileFormat) -> [Parameter] {
        ExportSelection.parameters + (format.isConverted ? [.crs] : [])
    }

    /// `GET /exports/{layer}.gpkg`, `.fgb`, `.mbtiles`, `.pmtiles`
    private static func export(_ request: RouteRequest, as format: FileFormat) async throws -> Reply {
        let layer = try request.layer()
        let parser = FeatureQueryParser(parameters: request.parameters)
        let filter = try ExportSelection.filter(request, in: layer)
        let system = try parser.system(.crs, among: request.site.referenceSystems)
        if format.isConverted, Converter() == nil { throw ExportError.notInstalled(format) }
        let file = LayerFile(layer.layer, snapshot: layer.snapshot, matching: filter, in: system)
        let tag = tag(of: file, as: format)
        var headers = ExportHeaders.of(request, layer, format)
        let count = file.snapshot.count(matching: filter)
        let leftOut = file.leftOut(of: format)
        headers[.numberMatched] = String(count)
        headers[.numberReturned] = String(count - leftOut)
        if leftOut > 0 { headers[.leftOut] = String(leftOut) }
        let validator = EntityTag.strong(tag)
        if let held = request.headers[.ifNoneMatch], validator.matches(held) {
            return Reply(.bytes([]), mediaType: format.mediaType, entityTag: validator, headers: headers)
        }
        let question = ExportShelf.Question(
            layer: layer.identifier, format: format, conditions: request.parameters.text)
        let kept = try await request.site.files.file(question, tag: tag) { try await file.write(format, in: $0) }
        let body = FileBody(
            file: kept, range: request.headers[.range], condition: request.headers[.ifRange])
        return Reply(.file(body), mediaType: format.mediaType, entityTag: validator, headers: headers)
    }

    /// Of every feature in its order, of what the file says of itself, and of the form in which it is written.
    private static func tag(of file: LayerFile, as format: FileFormat) -> UInt64 {
        var hash = ContentHash.of(Array("\(format.rawValue) \(file.system.uri)".utf8))
        hash = ExportLabel(of: file.layer).bytes.withUnsafeBytes { ContentHash.of($0, seed: hash) }
        file.snapshot.forEachInOrder(matching: file.filter) { feature in
            feature.withText { text, _ in hash = ContentHash.of(text, seed: hash) }
        }
        return hash
    }
}

/// What the answers of exports say in their headers, whatever the format.
enum ExportHeaders {
    static func of(_ request: RouteRequest, _ layer: PublishedLayer, _ format: FileFormat) -> HTTPFields {
        let exports = "\(request.publicURL)/exports/\(layer.identifier)"
        // GeoJSON is in one system only.
        let conditions = request.parameters.dropping { name, _ in name == Parameter.crs.name }.text
        let links = [
            Link("self", request.address, type: format.mediaType),
            Link(
                "alternate", "\(exports).geojson" + (conditions.isEmpty ? "" : "?\(conditions)"),
                type: MediaType.geoJSON),
            Link(
                "collection", "\(request.publicURL)/collections/\(layer.identifier)", type: MediaType.json),
        ]
        return [
            .contentDisposition: disposition(request, layer, ending: format.rawValue),
            .link: Link.field(links + layer.layer.licenceLinks),
        ]
    }

    /// A name under which the files of one layer sort by their days.
    static func disposition(_ request: RouteRequest, _ layer: PublishedLayer, ending: String) -> String {
        let day = request.site.localTime.day(of: request.now)
        return #"attachment; filename="\#(layer.identifier)-\#(day).\#(ending)""#
    }
}

extension HTTPField.Name {
    /// Ours: how many features match that the format cannot hold.
    static let leftOut = HTTPField.Name("Lieudit-Left-Out")!  // a token
}
