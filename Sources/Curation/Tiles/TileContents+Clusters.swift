import MapFormats
import MapGeometry
package import SpatialIndex

extension TileContents {
    /// What a cluster opens into, as one FeatureCollection with positions at full precision.
    package static func geoJSON(of entries: [TileEntry]) -> [UInt8] {
        let writer = GeoJSONWriter(decimals: PublishedFeature.decimals)
        var bytes = Array(#"{"type":"FeatureCollection","features":["#.utf8)
        for (place, entry) in entries.enumerated() {
            if place > 0 { bytes.append(0x2C) }
            switch entry {
            case .feature(let feature), .shapeAsPoint(let feature, _, _): feature.appendText(to: &bytes)
            case .cluster(let cluster):
                append(cluster, at: WebMercator.unproject(x: cluster.x, y: cluster.y), writer, &bytes)
            }
        }
        bytes += Array("]}".utf8)
        return bytes
    }
}
