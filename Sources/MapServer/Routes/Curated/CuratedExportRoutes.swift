import Contributions
import Curation
import HTTPTypes
import Synchronization

/// A layer for those who look after it, as a file: what waits stands beside what is published, each with its state.
enum CuratedExportRoutes {
    /// `GET /moderation/{layer}/export.geojson`, `.csv`
    static func export(_ request: RouteRequest, as format: ExportFormat) throws -> Reply {
        let (identifier, _) = try ModerationRoutes.reviewed(request)
        let layers = request.site.layers
        let pieces = Mutex(
            try CuratedExport(
                try layers.require(identifier).layer, of: layers.store, as: format, in: request.site.localTime
            ) { try layers.require(identifier).snapshot })
        let day = request.site.localTime.day(of: request.now)
        let name = "\(identifier)-moderation-\(day).\(format.rawValue)"
        return Reply(
            .pieces { try pieces.withLock { try $0.next() } }, mediaType: format.mediaType,
            headers: [.contentDisposition: #"attachment; filename="\#(name)""#])
    }
}

extension RouteTable {
    /// Not for the public: they say what waits.
    static let curatedExports = [ExportFormat.geojson, .csv].map { format in
        Route("/moderation/{layer}/export.\(format.rawValue)", .curatedExport(format), []) {
            try CuratedExportRoutes.export($0, as: format)
        }
    }
}

extension Operation {
    static func curatedExport(_ format: ExportFormat) -> Operation {
        Operation(
            "curatedExport.\(format.rawValue)",
            "A layer as \(format.title) for who looks after it, with what waits; each feature says its state",
            Answer(format.mediaType, format == .geojson ? .featureCollection : .opaque)
        ).taking(nil, .bearer)
    }
}
