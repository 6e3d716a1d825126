import Foundation
package import MapGeometry
import Synchronization

/// The index of one layer: what is published now, for readers that never wait for writers' work.
///
/// A write adds a small segment and merges small segments of like size, so that there are few of them
/// (P. O'Neil et al., "The log-structured merge-tree", Acta Informatica 33, 1996). When much has been
/// written since the base was packed, a thread packs everything anew, while reading and writing go on.
package final class FeatureIndex: Sendable {
    private let published: Mutex<IndexSnapshot>
    private let writer = Mutex(Writer())
    private let ground = Mutex(WrittenGround())
    private let latest = Atomic(0)
    /// Held while the base is being packed, so that this happens once at a time.
    private let packing = Mutex(())
    private let rebuildThreshold: Int
    /// Of which this index holds a part, sharing its texts; nil for one that stands by itself.
    private let whole: FeatureIndex?

    /// What only writers know.
    private struct Writer {
        /// Leading segments that a running rebuild is packing: they may lose features but not be merged.
        var sealed = 1
        var isRebuildDue = false
        /// How many features stood outside the base when it was last packed: those of a part that its whole has not
        /// packed yet.
        var unpacked = 0
        /// The base of the whole whose texts are shared; nil when none are.
        var shared: ObjectIdentifier?
    }

    /// - Parameter rebuildThreshold: how many features may be written or removed before the base is packed
    ///   anew; a sixty-fourth of the base when that is more, since packing takes time by its size.
    package init(base: PackedIndex = PackedIndexBuilder().build(), rebuildThreshold: Int = 1_024) {
        published = Mutex(IndexSnapshot(base))
        self.rebuildThreshold = rebuildThreshold
        whole = nil
    }

    /// Those features of another index that `isIn`, at one moment of it: with answers of its own, as if there had never
    /// been others, and with the same texts in memory. Changes of the whole are applied to it by whoever has made it.
    package init(partOf whole: FeatureIndex, rebuildThreshold: Int = 1_024, where isIn: (FeatureReference) -> Bool) {
        let snapshot = whole.snapshot
        let segments = snapshot.part(where: isIn)
        published = Mutex(IndexSnapshot(segments: segments, version: 0))
        writer.withLock { writer in
            writer.shared = snapshot.baseIdentity
            writer.unpacked = segments.unpackedCount
        }
        self.rebuildThreshold = rebuildThreshold
        self.whole = whole
    }

    /// What is published now. A reader keeps what it took, whatever is written meanwhile.
    package var snapshot: IndexSnapshot { published.withLock { $0 } }

    /// How many writes there have been; costs next to nothing to ask.
    package var version: Int { latest.load(ordering: .acquiring) }

    /// The latest version in which a tile shows what it showed in an earlier one; nil when a write since then has
    /// touched it, or when that is too long ago to tell.
    /// - Parameter buffer: as in `IndexSnapshot.tileEntries(of:buffer:matching:)`.
    package func version(showing tile: TileAddress, buffer: Double, asIn version: Int) -> Int? {
        ground.withLock { $0.touches(tile, buffer: buffer, since: version) ? nil : $0.version }
    }

    /// Publishes and removes features, all at once. An insert replaces the feature with its identifier;
    /// a feature that is both removed and inserted is there afterwards; unknown identifiers are no matter.
    package func apply(insert: [IndexedFeature] = [], remove: [UInt128] = []) {
        let isDue = writer.withLock { writer in
            var segments = snapshot.segments
            let gone = remove + insert.map(\.identifier)
            // Before anybody can see the write: a tile of before it must not pass for one of after it.
            let version = note(segments.boxes(of: gone) + insert.compactMap(\.geometry?.boundingBox))
            for place in segments.indices { segments[place].remove(gone) }
            if !insert.isEmpty { segments.append(IndexSegment(insert)) }
            segments.mergeSmall(from: writer.sealed)
            publish(segments, version: version)
            guard !writer.isRebuildDue, isRebuildWorthwhile(segments, writer.unpacked) || isOfAnOldWhole(writer.shared)
            else { return false }
            writer.isRebuildDue = true
            return true
        }
        // A thread of its own: packing a million features would hold up a pool of two for a second.
        if isDue { Thread.detachNewThread { self.rebuildNow() } }
    }

    /// Packs everything into one base; returns when readers see it. Writes meanwhile are kept.
    package func rebuildNow() {
        packing.withLock { _ in
            let before = writer.withLock { writer in
                let segments = snapshot.segments
                writer.sealed = segments.count
                return segments
            }
            let source = whole?.snapshot
            let bases =
                source.map { IndexSnapshot(segments: before, version: 0).sharing($0) }
                ?? [IndexSegment(merging: before)]
            writer.withLock { writer in
                let now = snapshot
                publish(
                    bases.map { $0.following(before, now.segments) } + now.segments.dropFirst(before.count),
                    version: now.version)
                writer.sealed = 1
                writer.isRebuildDue = false
                writer.shared = source?.baseIdentity
                writer.unpacked = bases.unpackedCount
            }
        }
    }

    /// Whether the whole was packed anew since: its former texts would stay in memory for this part alone.
    private func isOfAnOldWhole(_ shared: ObjectIdentifier?) -> Bool {
        guard let whole else { return false }
        return whole.snapshot.baseIdentity != shared
    }

    private func note(_ boxes: [BoundingBox]) -> Int {
        let version = ground.withLock { ground in
            ground.append(boxes)
            return ground.version
        }
        latest.store(version, ordering: .releasing)
        return version
    }

    private func publish(_ segments: [IndexSegment], version: Int) {
        published.withLock { $0 = IndexSnapshot(segments: segments, version: version) }
    }

    private func isRebuildWorthwhile(_ segments: [IndexSegment], _ unpacked: Int) -> Bool {
        let written = segments[0].removedCount + segments.unpackedCount - unpacked
        return written > max(rebuildThreshold, segments[0].count / 64)
    }
}

extension IndexSnapshot {
    fileprivate var baseIdentity: ObjectIdentifier? { segments.first.map { ObjectIdentifier($0.index) } }
}

extension IndexSegment {
    fileprivate init(_ features: [IndexedFeature]) {
        var builder = PackedIndexBuilder(expectedCount: features.count)
        for feature in features { builder.append(feature) }
        self.init(builder.build())
    }

    /// Everything that some segments hold.
    fileprivate init(merging segments: [IndexSegment]) {
        var builder = PackedIndexBuilder(
            expectedCount: segments.reduce(0) { $0 + $1.count },
            expectedTextBytes: segments.reduce(0) { $0 + $1.index.texts.byteCount }
        )
        // In the order of pages, in which the texts then lie already.
        var next = segments.map { $0.firstLeft(from: 0) }
        while let least = segments.least(next) {
            builder.append(next[least], of: segments[least].index)
            next[least] = segments[least].firstLeft(from: next[least] + 1)
        }
        self.init(builder.build())
    }

    /// The first from some number on that has not been removed; how many there are if none.
    private func firstLeft(from number: Int) -> Int {
        var number = number
        while number < index.count, isRemoved(number) { number += 1 }
        return number
    }

    /// This, packed from `before`, less what has been removed from those segments until `now`.
    fileprivate func following(_ before: [IndexSegment], _ now: [IndexSegment]) -> IndexSegment {
        var segment = self
        for (old, new) in zip(before, now) where old.removedCount < new.removedCount {
            segment.remove(new.removed(since: old).map { new.index.identifiers[$0] })
        }
        return segment
    }
}

extension [IndexSegment] {
    /// The segment whose next feature comes first of all; nil behind the last.
    fileprivate func least(_ next: [Int]) -> Int? {
        var least: (place: Int, key: PageKey)?
        for place in indices where next[place] < self[place].index.count {
            let key = self[place].index.pageKey(next[place])
            if least.map({ key < $0.key }) ?? true { least = (place, key) }
        }
        return least?.place
    }

    /// How many features stand outside the base, removed ones too.
    fileprivate var unpackedCount: Int { dropFirst().reduce(0) { $0 + $1.index.count } }

    /// Where those of some features stand that are here.
    fileprivate func boxes(of identifiers: [UInt128]) -> [BoundingBox] {
        identifiers.flatMap { identifier in
            compactMap { segment in segment.number(of: identifier).flatMap { segment.reference($0).box } }
        }
    }

    /// Drops empty segments and merges the last ones while they are of like size; leaves the first `sealed`.
    fileprivate mutating func mergeSmall(from sealed: Int) {
        for place in indices.dropFirst(sealed).reversed() where self[place].count == 0 { remove(at: place) }
        while count - sealed >= 2, self[count - 1].count * 4 >= self[count - 2].count {
            let merged = IndexSegment(merging: Array(suffix(2)))
            replaceSubrange((count - 2)..., with: [merged])
        }
    }
}
