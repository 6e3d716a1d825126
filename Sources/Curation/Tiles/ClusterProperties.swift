import MapFormats
import SpatialIndex

/// What a cluster says of itself: exactly supercluster's properties, and the zoom at which it opens.
///
/// Written directly into either format, since a tile may hold hundreds of clusters and nothing else.
struct ClusterProperties {
    let cluster: FeatureCluster

    /// In the order in which both formats have them.
    var values: [(key: String, value: VectorTileValue)] {
        [
            ("cluster", .bool(true)),
            ("cluster_id", .int(Int64(cluster.identifier))),
            ("point_count", .int(Int64(cluster.count))),
            ("point_count_abbreviated", abbreviated.map { .string($0) } ?? .int(Int64(cluster.count))),
            ("expansion_zoom", .int(Int64(cluster.expansionZoom))),
        ]
    }

    func append(to tags: inout VectorTileTags) {
        tags.append("cluster", .bool(true))
        tags.append("cluster_id", .int(Int64(cluster.identifier)))
        tags.append("point_count", .int(Int64(cluster.count)))
        tags.append("point_count_abbreviated", abbreviated.map { .string($0) } ?? .int(Int64(cluster.count)))
        tags.append("expansion_zoom", .int(Int64(cluster.expansionZoom)))
    }

    func append(to bytes: inout [UInt8]) {
        JSONWriter.append(literal: #"{"cluster":true,"cluster_id":"#, to: &bytes)
        JSONWriter.append(integer: cluster.identifier, to: &bytes)
        JSONWriter.append(literal: #","point_count":"#, to: &bytes)
        JSONWriter.append(integer: cluster.count, to: &bytes)
        JSONWriter.append(literal: #","point_count_abbreviated":"#, to: &bytes)
        if let abbreviated {
            JSONWriter.append(string: abbreviated, to: &bytes)
        } else {
            JSONWriter.append(integer: cluster.count, to: &bytes)
        }
        JSONWriter.append(literal: #","expansion_zoom":"#, to: &bytes)
        JSONWriter.append(integer: cluster.expansionZoom, to: &bytes)
        bytes.append(0x7D)
    }

    /// As supercluster rounds: 1234 → "1.2k", 45678 → "46k"; nil below a thousand, where the number stands itself.
    private var abbreviated: String? {
        switch cluster.count {
        case 10_000...: "\((cluster.count + 500) / 1_000)k"
        case 1_000...: tenths((cluster.count + 50) / 100) + "k"
        default: nil
        }
    }

    private func tenths(_ value: Int) -> String {
        value % 10 == 0 ? String(value / 10) : "\(value / 10).\(value % 10)"
    }
}
