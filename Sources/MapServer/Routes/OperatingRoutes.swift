import Curation
import HTTPTypes
import MapFormats
import SpatialDatabase

/// For those who keep the service running.
enum OperatingRoutes {
    /// `GET /health`: 200 only if the store answers and the layers are in memory.
    static func health(_ request: RouteRequest) throws -> Reply {
        let isWell = (try? request.site.layers.store.layers().count) == request.site.layers.all.count
        let document: JSONObject = ["status": isWell ? "ok" : "failing"]
        return Reply(
            .bytes(document.bytes), mediaType: MediaType.json, status: isWell ? .ok : .serviceUnavailable,
            headers: [.cacheControl: "no-store"])
    }
}
