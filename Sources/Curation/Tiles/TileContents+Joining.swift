extension TileContents {
    static let collectionHead = Array(#"{"type":"FeatureCollection","features":["#.utf8)
    static let collectionTail = Array("]}".utf8)

    /// Tiles of several layers in GeoJSON as one FeatureCollection, in the order given.
    /// - Parameter tiles: as `geoJSONNamingLayer` has written them.
    package static func joining(geoJSON tiles: [[UInt8]]) -> [UInt8] {
        let features = tiles.map { $0.dropFirst(collectionHead.count).dropLast(collectionTail.count) }
        return collectionHead + features.filter { !$0.isEmpty }.joined(separator: [0x2C]) + collectionTail
    }

    /// Vector tiles of several layers as one, in the order given: a tile is the list of its layers, and lists
    /// of this encoding are joined by writing one after the other.
    /// - Parameter tiles: as `vectorTile` has written them, each of another layer.
    package static func joining(vectorTiles tiles: [[UInt8]]) -> [UInt8] { Array(tiles.joined()) }
}
