import Contributions
import Curation
import MapGeometry
import Synchronization

/// Encoded tiles of whole layers, plain and, once somebody takes that, gzip, until a write touches them or room is needed.
final class TileCache: Sendable {
    /// By their names in `f=`.
    enum Format: String, CaseIterable, Sendable {
        case geoJSON = "geojson"
        case vectorTile = "mvt"
    }

    struct Tile: Sendable {
        let bytes: [UInt8]
        /// Nil until somebody has asked for it.
        let gzip: [UInt8]?
        let tag: EntityTag
        let hint: TileHint?
        /// The fields that tell of it, as who asks has called it: one name or two.
        let fields = KeptFields(most: 2)

        init(_ bytes: [UInt8], hint: TileHint? = nil) {
            self.bytes = bytes
            self.hint = hint
            gzip = nil
            tag = .strong(ContentHash.of(bytes))
        }

        private init(_ tile: Tile, gzip: [UInt8]) {
            bytes = tile.bytes
            hint = tile.hint
            tag = tile.tag
            self.gzip = gzip
        }

        /// The same with its gzip form; nil when zlib has no memory left.
        func compressed() -> Tile? {
            gzip != nil ? self : Gzip.compress(bytes, .quickly).map { Tile(self, gzip: $0) }
        }
    }

    struct Key: Hashable, Sendable {
        let layer: LayerIdentifier
        /// Nil for the layer itself.
        let embed: PublicIdentifier?
        let address: TileAddress
        let format: Format
        let namesLayer: Bool

        /// - Parameter namesLayer: for a tile whose features say which layer they are of.
        init(_ address: TileAddress, of layer: PublishedLayer, as format: Format, namesLayer: Bool = false) {
            self.layer = layer.identifier
            embed = layer.embed
            self.address = address
            self.format = format
            self.namesLayer = namesLayer
        }
    }

    fileprivate struct Entry {
        let tile: Tile
        /// The layer that the tile shows; gone or another one once the layer has been read anew.
        weak var layer: PublishedLayer?
        /// A version of the layer that the tile shows: that which it was made of, or a later one that is known to
        /// have left it as it was.
        var version: Int
    }

    fileprivate struct Shelf {
        var entries: [Key: Entry] = [:]
        /// In the order in which they came, which is the order in which they go.
        var order: [Key] = []
        var bytes = 0
    }

    private let shelf = Mutex(Shelf())
    let making = Mutex(SharedMaking<State, Waiter>())
    private let capacity: Int
    private let hits = Atomic(0)
    private let misses = Atomic(0)

    /// - Parameter capacity: bytes of tiles, both forms counted where there are both, and of what it takes to find them.
    init(capacity: Int = 64 << 20) {
        self.capacity = capacity
    }

    /// Bytes held now, and of how many tiles.
    var held: (bytes: Int, tiles: Int) { shelf.withLock { ($0.bytes, $0.entries.count) } }

    func tile(_ key: Key, of layer: PublishedLayer) -> Tile? {
        guard let entry = shelf.withLock({ $0.entries[key] }), entry.layer === layer else { return nil }
        if entry.version == layer.version { return entry.tile }
        guard let version = layer.version(showing: key.address, asIn: entry.version) else { return nil }
        shelf.withLock { $0.confirm(entry, key, in: version) }
        return entry.tile
    }

    /// - Parameter version: of the layer, when the tile was made of it. Writes since then may have touched the tile:
    ///   that is looked at whenever it is asked for.
    func keep(_ tile: Tile, _ key: Key, of layer: PublishedLayer, version: Int) {
        let entry = Entry(tile: tile, layer: layer, version: version)
        shelf.withLock { shelf in
            if let other = shelf.entries[key], other.layer === layer, other.version > version { return }
            if let old = shelf.entries.updateValue(entry, forKey: key) {
                shelf.bytes -= old.tile.size
            } else {
                shelf.order.append(key)
            }
            shelf.bytes += tile.size
            shelf.makeRoom(capacity)
        }
    }

    /// How often a tile was here when it was asked for, and how often not, since the start.
    var answers: (hits: Int, misses: Int) { (hits.load(ordering: .relaxed), misses.load(ordering: .relaxed)) }

    func note(isHit: Bool) {
        if isHit { hits.add(1, ordering: .relaxed) } else { misses.add(1, ordering: .relaxed) }
    }

    /// How many tiles there are, and their bytes, both forms counted.
    var holdings: (tiles: Int, bytes: Int) { shelf.withLock { ($0.entries.count, $0.bytes) } }

    /// Lets go of tiles that may show what is not published any more: they are never given out, and yet hold it.
    func forgetChanged() {
        shelf.withLock { shelf in
            shelf.entries = shelf.entries.filter { key, entry in
                entry.layer?.version(showing: key.address, asIn: entry.version) != nil
            }
            shelf.order.removeAll { shelf.entries[$0] == nil }
            shelf.bytes = shelf.entries.values.reduce(0) { $0 + $1.tile.size }
        }
    }
}

extension TileCache.Tile {
    /// What an entry takes beside its bytes: both arrays' heads, its places in the table and in the order, and its
    /// fields. Without it, empty tiles would fill the memory of the machine before they filled the cache.
    static let overhead = 2_048

    fileprivate var size: Int { bytes.count + (gzip?.count ?? 0) + Self.overhead }
}

extension TileCache.Shelf {
    /// Says that an entry shows a later version too, unless another has taken its place meanwhile.
    fileprivate mutating func confirm(_ entry: TileCache.Entry, _ key: TileCache.Key, in version: Int) {
        guard let now = entries[key], now.layer === entry.layer, now.version == entry.version else { return }
        entries[key]?.version = version
    }

    /// Half goes at once, so that making room costs little on average.
    fileprivate mutating func makeRoom(_ capacity: Int) {
        while bytes > capacity, !order.isEmpty {
            let leaving = order.count / 2 + 1
            for key in order.prefix(leaving) {
                if let entry = entries.removeValue(forKey: key) { bytes -= entry.tile.size }
            }
            order.removeFirst(min(leaving, order.count))
        }
    }
}
