import Contributions
import MapFormats
import MapGeometry
import SpatialIndex

extension TileContents {
    /// The tile as one FeatureCollection in CRS84, with as many decimals as its zoom needs.
    package var geoJSON: [UInt8] {
        let writer = GeoJSONWriter(decimals: grid.address.decimals)
        var bytes = Self.collectionHead
        for (place, item) in items.enumerated() {
            if place > 0 { bytes.append(0x2C) }
            switch item {
            case .feature(let feature, let shapes): append(feature, shapes, writer, &bytes)
            case .cluster(let cluster, let position):
                Self.append(cluster, at: grid.unproject(position), writer, &bytes)
            }
        }
        return bytes + Self.collectionTail
    }

    private func append(
        _ feature: FeatureReference, _ shapes: [TileShape], _ writer: GeoJSONWriter, _ bytes: inout [UInt8]
    ) {
        bytes += Array(#"{"type":"Feature","id":""#.utf8)
        bytes += Array(PublicIdentifier(bits: feature.identifier).description.utf8)
        bytes += Array(#"","geometry":"#.utf8)
        writer.append(geometry(of: feature, shapes), to: &bytes)
        bytes += Array(#","properties":"#.utf8)
        // The text's own end closes the feature too.
        feature.withText { text, offset in bytes.append(contentsOf: text[offset...]) }
    }

    /// A point keeps its own position, rounded; everything else is drawn from the tile's grid.
    private func geometry(of feature: FeatureReference, _ shapes: [TileShape]) -> Geometry {
        if case .point(let coordinate)? = feature.geometry { return .point(coordinate) }
        let parts = shapes.map { $0.geometry(in: grid) }
        return parts.count == 1 ? parts[0] : .geometryCollection(parts)
    }

    static func append(
        _ cluster: FeatureCluster, at place: Coordinate, _ writer: GeoJSONWriter, _ bytes: inout [UInt8]
    ) {
        bytes += Array(#"{"type":"Feature","id":"#.utf8)
        JSONWriter.append(integer: cluster.identifier, to: &bytes)
        bytes += Array(#","geometry":"#.utf8)
        writer.append(.point(place), to: &bytes)
        bytes += Array(#","properties":"#.utf8)
        JSONWriter.append(ClusterProperties(cluster: cluster).json, to: &bytes)
        bytes.append(0x7D)
    }
}
