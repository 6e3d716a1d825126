import Contributions
import Curation
import MapGeometry
import SpatialIndex
import Synchronization

/// Encoded tiles of whole layers, plain and gzip, until their layer changes or room is needed.
final class TileCache: Sendable {
    /// By their names in `f=`.
    enum Format: String, CaseIterable, Sendable {
        case geoJSON = "geojson"
        case vectorTile = "mvt"
    }

    struct Tile: Sendable {
        let bytes: [UInt8]
        let gzip: [UInt8]
        let tag: EntityTag
        let hint: TileHint?

        /// Nil when zlib has no memory left.
        init?(_ bytes: [UInt8], hint: TileHint? = nil) {
            guard let gzip = Gzip.compress(bytes) else { return nil }
            self.bytes = bytes
            self.gzip = gzip
            self.hint = hint
            tag = .strong(ContentHash.of(bytes))
        }
    }

    fileprivate struct Key: Hashable {
        let layer: LayerIdentifier
        let address: TileAddress
        let format: Format
        let namesLayer: Bool
    }

    fileprivate struct Entry {
        let tile: Tile
        /// What the tile shows: gone when the layer was loaded anew or deleted.
        weak var layer: PublishedLayer?
        /// Of the layer's features; another one once something was published or withdrawn.
        let version: Int

        var isCurrent: Bool { layer?.snapshot.version == version }
    }

    fileprivate struct Shelf {
        var entries: [Key: Entry] = [:]
        /// In the order in which they came, which is the order in which they go.
        var order: [Key] = []
        var bytes = 0
    }

    private let shelf = Mutex(Shelf())
    private let capacity: Int

    /// - Parameter capacity: bytes of tiles, both forms counted.
    init(capacity: Int = 64 << 20) {
        self.capacity = capacity
    }

    /// - Parameter namesLayer: for a tile whose features say which layer they are of.
    func tile(
        _ address: TileAddress, of layer: PublishedLayer, at version: Int, as format: Format, namesLayer: Bool = false
    ) -> Tile? {
        let key = Key(layer: layer.identifier, address: address, format: format, namesLayer: namesLayer)
        return shelf.withLock { shelf in
            let entry = shelf.entries[key]
            return entry?.layer === layer && entry?.version == version ? entry?.tile : nil
        }
    }

    func keep(
        _ tile: Tile, _ address: TileAddress, of layer: PublishedLayer, at version: Int, as format: Format,
        namesLayer: Bool = false
    ) {
        let key = Key(layer: layer.identifier, address: address, format: format, namesLayer: namesLayer)
        shelf.withLock { shelf in
            if let old = shelf.entries.updateValue(Entry(tile: tile, layer: layer, version: version), forKey: key) {
                shelf.bytes -= old.tile.size
            } else {
                shelf.order.append(key)
            }
            shelf.bytes += tile.size
            shelf.makeRoom(capacity)
        }
    }

    /// Lets go of tiles that show what is not published any more.
    func forgetChanged() {
        shelf.withLock { shelf in
            shelf.entries = shelf.entries.filter(\.value.isCurrent)
            shelf.order.removeAll { shelf.entries[$0] == nil }
            shelf.bytes = shelf.entries.values.reduce(0) { $0 + $1.tile.size }
        }
    }
}

extension TileCache.Tile {
    fileprivate var size: Int { bytes.count + gzip.count }
}

extension TileCache.Shelf {
    /// Half goes at once, so that making room costs little on average.
    fileprivate mutating func makeRoom(_ capacity: Int) {
        guard bytes > capacity else { return }
        let leaving = order.count / 2 + 1
        for key in order.prefix(leaving) {
            if let entry = entries.removeValue(forKey: key) { bytes -= entry.tile.size }
        }
        order.removeFirst(min(leaving, order.count))
    }
}
