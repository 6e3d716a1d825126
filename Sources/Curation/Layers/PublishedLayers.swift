package import Contributions
package import SpatialDatabase
package import SpatialIndex
import Synchronization

/// All layers in memory, kept in step with the store: what every public route reads.
///
/// A change is written to the store first and shown here right after its commit, before the next writer
/// has its turn; so whoever has been answered sees what they wrote.
package final class PublishedLayers: Sendable {
    package let store: SpatialStore
    /// What makes cells coarser.
    package let households: LoadedHouseholds
    private let layers: Mutex<[PublishedLayer]>
    /// The open ones, by their keys.
    let embeds = Mutex<[PublicIdentifier: PublishedEmbed]>([:])
    /// Held while something is shown, so that a layer and its embeds see changes in one order.
    let showing = Mutex(())
    /// `Int64.max` for none.
    private let due: Atomic<Int64>
    private let isCatchingUp = Atomic(false)
    #if DEBUG
        /// What a proof has planted; writers take it from here, since their work runs in other tasks.
        let leak = SeededLeak.planted
    #endif

    /// Reads every published feature of the store into memory, and the table of households.
    package init(store: SpatialStore) throws {
        self.store = store
        households = LoadedHouseholds(try store.households())
        layers = Mutex(try Self.load(store))
        due = Atomic(try store.nextDue() ?? .max)
        for layer in all { try renewEmbeds(of: layer.identifier) }
    }

    /// The next moment (seconds since 1970 UTC) at which something is released or expires; nil for none.
    package var nextDue: Int64? {
        let moment = due.load(ordering: .acquiring)
        return moment == .max ? nil : moment
    }

    /// Whether what is due may be carried out now: by one at a time.
    func beginCatchingUp() -> Bool {
        isCatchingUp.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
    }

    func endCatchingUp() { isCatchingUp.store(false, ordering: .releasing) }

    /// Looks the next moment up in the store, after what was due has been carried out.
    func noteNextDue() throws { due.store(try store.nextDue() ?? .max, ordering: .releasing) }

    /// In the order of their creation.
    package var all: [PublishedLayer] { layers.withLock { $0 } }

    package subscript(identifier: LayerIdentifier) -> PublishedLayer? {
        layers.withLock { layers in layers.first { $0.identifier == identifier } }
    }

    /// - Throws: `StoreError.unknownLayer`.
    package func require(_ identifier: LayerIdentifier) throws -> PublishedLayer {
        guard let layer = self[identifier] else { throw StoreError.unknownLayer(identifier) }
        return layer
    }

    /// The conditions of a question as the index of `layer` takes them; only words are looked up in the store.
    package func filter(for query: FeatureQuery, in layer: PublishedLayer) throws -> FeatureFilter {
        let matches = try query.words.map { try store.identifiers(withWords: $0, in: layer.identifier) }
        #if DEBUG
            if let leak {
                let found = matches.map { leak.found(query.words ?? "", besides: $0) }
                return leak.narrowed(layer.filter(for: query, matches: found), to: query.box, layer.snapshot)
            }
        #endif
        return layer.filter(for: query, matches: matches)
    }

    /// - Parameter also: what else belongs to the same transaction.
    /// - Throws: `StoreError.layerExists`, `StoreError.busy`; what `also` throws.
    package func create(
        _ layer: Layer, also: @escaping @Sendable (StoreTransaction) throws -> Void = { _ in }
    ) async throws {
        try await store.write {
            try also($0)
            try $0.create(layer)
        } committed: {
            self.layers.withLock { $0.append(PublishedLayer(layer: layer)) }
        }
    }

    /// Gives a layer other rules, which its maps on other sites follow.
    /// - Throws: `StoreError.unknownLayer`, `StoreError.busy`; what `also` throws.
    package func change(_ layer: Layer, also: @escaping @Sendable (StoreTransaction) throws -> Void) async throws {
        try await store.write(alone: true) {
            try also($0)
            try $0.change(layer)
        } committed: {
            self.layers.withLock { layers in
                layers = layers.map { $0.identifier == layer.identifier ? PublishedLayer($0, under: layer) : $0 }
            }
            try self.renewEmbeds(of: layer.identifier)
        }
    }

    /// Removes a layer with everything in it; returns how many features were public.
    /// - Throws: `StoreError.unknownLayer`, `StoreError.busy`; what `also` throws.
    @discardableResult
    package func delete(
        _ identifier: LayerIdentifier, also: @escaping @Sendable (StoreTransaction) throws -> Void = { _ in }
    ) async throws -> Int {
        try await store.write(alone: true) {
            try also($0)
            return try $0.deleteLayer(identifier)
        } committed: { _ in
            self.forgetEmbeds(of: identifier)
            self.layers.withLock { layers in layers.removeAll { $0.identifier == identifier } }
        }
    }

    /// Shows what a transaction has made public and takes away what it has withdrawn.
    func apply(_ change: PublicChange) {
        if let moment = change.due { due.min(moment, ordering: .acquiringAndReleasing) }
        guard !change.isEmpty else { return }
        showing.withLock { _ in
            guard let layer = self[change.layer] else { return }
            if change.touchesLayer { layer.apply(insert: change.shown, remove: change.withdrawn) }
            applyToEmbeds(change, of: layer)
        }
    }

    /// Puts a layer anew beside the others after much of it has changed in the store.
    func reload(_ identifier: LayerIdentifier) throws {
        guard let fresh = try Self.load(store, only: identifier).first else { return }
        layers.withLock { layers in
            if let place = layers.firstIndex(where: { $0.identifier == identifier }) {
                layers[place] = fresh
            } else {
                layers.append(fresh)
            }
        }
        try renewEmbeds(of: identifier)
    }

    private static func load(_ store: SpatialStore, only: LayerIdentifier? = nil) throws -> [PublishedLayer] {
        let layers = try store.layers().filter { only == nil || $0.identifier == only }
        let places = Dictionary(uniqueKeysWithValues: layers.enumerated().map { ($1.identifier, $0) })
        var builders = layers.map(PublishedLayerBuilder.init)
        try store.forEachPublished(in: only) { row in
            if let place = places[row.layer] { builders[place].append(row) }
        }
        return builders.map { $0.build() }
    }
}
