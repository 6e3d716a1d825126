import Contributions
import MapFormats
import MapGeometry
import SpatialIndex

extension TileContents {
    /// The tile as one FeatureCollection in CRS84, with as many decimals as its zoom needs.
    package var geoJSON: [UInt8] { geoJSON(namingLayer: false) }

    /// The same for tiles of several layers, where each feature says in `collection`, beside its properties, whose
    /// it is. Numbers of clusters are a layer's own, and so their ids there begin with its name.
    package var geoJSONNamingLayer: [UInt8] { geoJSON(namingLayer: true) }

    private func geoJSON(namingLayer: Bool) -> [UInt8] {
        let writer = GeoJSONWriter(decimals: grid.address.decimals)
        var bytes = Self.collectionHead
        for (place, item) in items.enumerated() {
            if place > 0 { bytes.append(0x2C) }
            switch item {
            case .feature(let feature, let shapes):
                append(feature, shapes, namingLayer ? layer : nil, writer, &bytes)
            case .cluster(let cluster, let position):
                Self.append(cluster, at: grid.unproject(position), of: namingLayer ? layer : nil, writer, &bytes)
            }
        }
        return bytes + Self.collectionTail
    }

    private func append(
        _ feature: FeatureReference, _ shapes: [TileShape], _ name: String?, _ writer: GeoJSONWriter,
        _ bytes: inout [UInt8]
    ) {
        JSONWriter.append(literal: #"{"type":"Feature","id":""#, to: &bytes)
        PublicIdentifier(bits: feature.identifier).appendText(to: &bytes)
        bytes.append(0x22)
        Self.append(collection: name, &bytes)
        JSONWriter.append(literal: #","geometry":"#, to: &bytes)
        writer.append(geometry(of: feature, shapes), to: &bytes)
        JSONWriter.append(literal: #","properties":"#, to: &bytes)
        // The text's own end closes the feature too.
        feature.withText { text, offset in bytes.append(contentsOf: text[offset...]) }
    }

    /// A point keeps its own position, rounded; everything else is drawn from the tile's grid.
    private func geometry(of feature: FeatureReference, _ shapes: [TileShape]) -> Geometry {
        if case .point(let coordinate)? = feature.geometry { return .point(coordinate) }
        let parts = shapes.map { $0.geometry(in: grid) }
        return parts.count == 1 ? parts[0] : .geometryCollection(parts)
    }

    /// - Parameter name: of its layer, where others stand beside it.
    static func append(
        _ cluster: FeatureCluster, at place: Coordinate, of name: String? = nil, _ writer: GeoJSONWriter,
        _ bytes: inout [UInt8]
    ) {
        JSONWriter.append(literal: #"{"type":"Feature","id":"#, to: &bytes)
        if let name {
            JSONWriter.append(string: "\(name)/\(cluster.identifier)", to: &bytes)
        } else {
            JSONWriter.append(integer: cluster.identifier, to: &bytes)
        }
        append(collection: name, &bytes)
        JSONWriter.append(literal: #","geometry":"#, to: &bytes)
        writer.append(.point(place), to: &bytes)
        JSONWriter.append(literal: #","properties":"#, to: &bytes)
        ClusterProperties(cluster: cluster).append(to: &bytes)
        bytes.append(0x7D)
    }

    private static func append(collection name: String?, _ bytes: inout [UInt8]) {
        guard let name else { return }
        JSONWriter.append(literal: #","collection":"#, to: &bytes)
        JSONWriter.append(string: name, to: &bytes)
    }
}
