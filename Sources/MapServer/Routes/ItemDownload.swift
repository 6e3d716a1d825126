import Contributions
import Curation
import HTTPTypes
import MapFormats
import Projections
import SpatialIndex
import Synchronization

/// Features of a layer as a table or one a line (`f=csv`, `f=geojsonl`): a page of them where `limit` or `near` asks
/// for one, else all in one stream of constant memory.
///
/// A table is in CRS84 only, as the names of its columns say; a line may be in any system, which `Content-Crs` names.
/// The columns of a table are those of the whole selection, so that its pages fit together.
struct ItemDownload: Sendable {
    private let request: RouteRequest
    private let layer: PublishedLayer
    private let parser: FeatureQueryParser
    private let format: ExportFormat
    private let system: CoordinateReferenceSystem
    private let isPaged: Bool

    /// The form asked for, nil when it is a FeatureCollection.
    /// - Throws: `WebError.notAcceptable`.
    static func format(_ request: RouteRequest) throws(WebError) -> ExportFormat? {
        let offers: KeyValuePairs = [
            "geojson": MediaType.geoJSON, "json": MediaType.json, "csv": MediaType.table, "geojsonl": MediaType.lines,
        ]
        let name = try MediaChoice.of(request, offers, byDefault: "geojson")
        return ExportFormat(rawValue: name).flatMap { $0 == .geojson ? nil : $0 }
    }

    /// - Throws: `WebError.conflictingParameters` for a table in another system than CRS84.
    init(
        _ request: RouteRequest, _ layer: PublishedLayer, _ parser: FeatureQueryParser, _ format: ExportFormat,
        _ system: CoordinateReferenceSystem
    ) throws(WebError) {
        if format == .csv, system != .crs84 { throw .conflictingParameters("crs", "f") }
        self.request = request
        self.layer = layer
        self.parser = parser
        self.format = format
        self.system = system
        isPaged = request.parameters["limit"] != nil || request.parameters["near"] != nil
    }

    /// - Throws: `WebError` for parameters that cannot be read.
    func reply() throws -> Reply { isPaged ? try page() : try stream() }

    private func page() throws -> Reply {
        let page = try ItemPage(request, layer, parser)
        var export = LayerExport(
            format: format, of: layer.layer, columns: try columnsOfAllPages(), isLabelled: false)
        var bytes: [UInt8] = []
        export.begin(&bytes)
        try append(page, to: &bytes, with: &export)
        export.end(&bytes)
        var headers = headers(ItemLinks(request, as: format.rawValue).links(next: page.nextQuery))
        headers[.numberReturned] = String(page.entries.count)
        headers[.numberMatched] = page.matched.map { String($0) }
        return Reply(bytes, mediaType: format.mediaType, headers: headers)
    }

    /// Everything is looked at before the first byte is sent, for its number, its validator and its columns.
    private func stream() throws -> Reply {
        let start = ItemPage.Position(limit: ItemPieces.size, snapshot: layer.snapshot)
        let survey = try survey(parser, from: start)
        let export = LayerExport(
            format: format, of: layer.layer, columns: try chosen(survey.columns), isLabelled: false)
        let pieces = ItemPieces(of: self, export, from: start)
        var headers = headers(ItemLinks(request, as: format.rawValue, isWhole: true).links(next: nil))
        headers[.numberReturned] = String(survey.count)
        if request.parameters["cursor"] == nil { headers[.numberMatched] = String(survey.count) }
        return Reply(
            .pieces { try pieces.next() }, mediaType: format.mediaType, entityTag: .strong(survey.hash),
            headers: headers)
    }

    func page(at position: ItemPage.Position) throws -> ItemPage {
        try ItemPage(request, layer, parser, at: position)
    }

    /// The rows or lines of a page.
    /// - Throws: `ProjectionError` when PROJ fails.
    func append(_ page: ItemPage, to bytes: inout [UInt8], with export: inout LayerExport) throws {
        if system == .crs84 { return try append(page, to: &bytes, with: &export, placedBy: nil) }
        try request.site.referenceSystems.transforming(to: system) { transform in
            Result { try append(page, to: &bytes, with: &export, placedBy: transform) }
        }.get()
    }

    private func append(
        _ page: ItemPage, to bytes: inout [UInt8], with export: inout LayerExport,
        placedBy transform: CoordinateTransform?
    ) throws {
        var text: [UInt8] = []
        for entry in page.entries {
            text.removeAll(keepingCapacity: true)
            if format == .csv {
                page.append(entry.feature, to: &text, placedBy: nil)
                if let metres = entry.metres { Self.putAmongProperties(metres, &text) }
            } else {
                page.append(entry, to: &text, placedBy: transform)
            }
            try text.withUnsafeBytes { try export.append($0, to: &bytes) }
        }
    }

    /// A table has no place beside the properties. No property of anybody's may be called "distance".
    private static func putAmongProperties(_ metres: Double, _ feature: inout [UInt8]) {
        feature.removeLast(2)
        if feature.last != 0x7B { feature.append(0x2C) }
        feature += Array(#""distance":"#.utf8)
        JSONWriter.append(degrees: metres, decimals: 3, to: &feature)
        feature += Array("}}".utf8)
    }

    private func headers(_ links: [Link]) -> HTTPFields {
        var headers: HTTPFields = [
            .contentCRS: system.headerValue,
            .contentDisposition: #"attachment; filename="\#(layer.identifier).\#(format.rawValue)""#,
        ]
        headers[.link] = Link.field(links + layer.layer.licenceLinks)
        return headers
    }
}

/// What is learnt by looking at each feature once.
extension ItemDownload {
    private struct Survey {
        var count = 0
        var hash: UInt64
        var columns = ExportColumns()
    }

    private func survey(_ parser: FeatureQueryParser, from start: ItemPage.Position) throws -> Survey {
        var survey = Survey(hash: ContentHash.of(Array("\(format)?\(request.parameters.text)".utf8)))
        var position: ItemPage.Position? = start
        while let here = position {
            let page = try ItemPage(request, layer, parser, at: here)
            for entry in page.entries {
                try entry.feature.withText { text, _ in
                    survey.hash = ContentHash.of(text, seed: survey.hash)
                    if format == .csv { try survey.columns.look(at: text) }
                }
            }
            survey.count += page.entries.count
            position = page.following
        }
        return survey
    }

    /// The columns of a table whose pages fit together: whichever page it is, and wherever it is near.
    private func columnsOfAllPages() throws -> ExportColumns {
        guard format == .csv else { return ExportColumns() }
        let all = request.parameters.dropping { name, _ in ["cursor", "near", "radius"].contains(name) }
        let start = ItemPage.Position(limit: ItemPieces.size, snapshot: layer.snapshot)
        var columns = try chosen(survey(FeatureQueryParser(parameters: all), from: start).columns)
        if request.parameters["near"] != nil { columns.add("distance") }
        return columns
    }

    private func chosen(_ columns: ExportColumns) throws(WebError) -> ExportColumns {
        guard let names = try parser.properties() else { return columns }
        return columns.keeping(names)
    }
}
