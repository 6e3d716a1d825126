import MapFormats
import SpatialIndex

/// What a cluster says of itself: exactly supercluster's properties, and the zoom at which it opens.
struct ClusterProperties {
    let cluster: FeatureCluster

    var json: JSONObject {
        [
            "cluster": true,
            "cluster_id": .integer(Int64(cluster.identifier)),
            "point_count": .integer(Int64(cluster.count)),
            "point_count_abbreviated": abbreviated,
            "expansion_zoom": .integer(Int64(cluster.expansionZoom)),
        ]
    }

    /// As supercluster rounds: 950 → 950, 1234 → "1.2k", 45678 → "46k".
    private var abbreviated: JSONValue {
        switch cluster.count {
        case 10_000...: .string("\((cluster.count + 500) / 1_000)k")
        case 1_000...: .string(tenths((cluster.count + 50) / 100) + "k")
        default: .integer(Int64(cluster.count))
        }
    }

    private func tenths(_ value: Int) -> String {
        value % 10 == 0 ? String(value / 10) : "\(value / 10).\(value % 10)"
    }
}
