import Contributions
import Curation
import HTTPTypes
import MapFormats
import SpatialDatabase

/// For those who keep the service running.
enum OperatingRoutes {
    /// `GET /health`: 200 only if the store answers and the layers are in memory. A disk that takes no writing is said,
    /// and no reason to send visitors away, who read.
    static func health(_ request: RouteRequest) throws -> Reply {
        let isWell = (try? request.site.layers.store.layers().count) == request.site.layers.all.count
        let isWritable = request.site.layers.store.condition.isWritable
        let document: JSONObject = [
            "status": isWell ? "ok" : "failing", "writing": isWritable ? "ok" : "failing",
        ]
        return Reply(
            .bytes(document.bytes), mediaType: MediaType.json, status: isWell ? .ok : .serviceUnavailable,
            headers: [.cacheControl: "no-store"])
    }

    /// `GET /health/live`: 200 as long as there is somebody to answer.
    static func live(_ request: RouteRequest) -> Reply {
        let document: JSONObject = ["status": "ok"]
        return Reply(document.bytes, mediaType: MediaType.json, headers: [.cacheControl: "no-store"])
    }

    /// `GET /metrics`, for who has an operator's token.
    static func metrics(_ request: RouteRequest) throws -> Reply {
        guard try request.requireToken().role == .operator else { throw CurationError.unknownContribution }
        return Reply(.bytes(Array(try MetricsText(request.site).text.utf8)), mediaType: MediaType.metrics)
    }
}
