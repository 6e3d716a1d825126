import Foundation
import Synchronization

/// The index of one layer: what is published now, for readers that never wait for writers' work.
///
/// A write adds a small segment and merges small segments of like size, so that there are few of them
/// (P. O'Neil et al., "The log-structured merge-tree", Acta Informatica 33, 1996). When much has been
/// written since the base was packed, a thread packs everything anew, while reading and writing go on.
package final class FeatureIndex: Sendable {
    private let published: Mutex<IndexSnapshot>
    private let writer = Mutex(Writer())
    /// Held while the base is being packed, so that this happens once at a time.
    private let packing = Mutex(())
    private let rebuildThreshold: Int

    /// What only writers know.
    private struct Writer {
        /// Leading segments that a running rebuild is packing: they may lose features but not be merged.
        var sealed = 1
        var isRebuildDue = false
    }

    /// - Parameter rebuildThreshold: how many features may be written or removed before the base is packed
    ///   anew; a sixty-fourth of the base when that is more, since packing takes time by its size.
    package init(base: PackedIndex = PackedIndexBuilder().build(), rebuildThreshold: Int = 1_024) {
        published = Mutex(IndexSnapshot(base))
        self.rebuildThreshold = rebuildThreshold
    }

    /// What is published now. A reader keeps what it took, whatever is written meanwhile.
    package var snapshot: IndexSnapshot { published.withLock { $0 } }

    /// Publishes and removes features, all at once. An insert replaces the feature with its identifier;
    /// a feature that is both removed and inserted is there afterwards; unknown identifiers are no matter.
    package func apply(insert: [IndexedFeature] = [], remove: [UInt128] = []) {
        let isDue = writer.withLock { writer in
            let before = snapshot
            var segments = before.segments
            let gone = remove + insert.map(\.identifier)
            for place in segments.indices { segments[place].remove(gone) }
            if !insert.isEmpty { segments.append(IndexSegment(insert)) }
            segments.mergeSmall(from: writer.sealed)
            publish(segments, version: before.version + 1)
            guard !writer.isRebuildDue, isRebuildWorthwhile(segments) else { return false }
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
            let base = IndexSegment(merging: before)
            writer.withLock { writer in
                let now = snapshot
                publish(
                    [base.following(before, now.segments)] + now.segments.dropFirst(before.count), version: now.version)
                writer.sealed = 1
                writer.isRebuildDue = false
            }
        }
    }

    private func publish(_ segments: [IndexSegment], version: Int) {
        published.withLock { $0 = IndexSnapshot(segments: segments, version: version) }
    }

    private func isRebuildWorthwhile(_ segments: [IndexSegment]) -> Bool {
        let written = segments.dropFirst().reduce(segments[0].removedCount) { $0 + $1.index.count }
        return written > max(rebuildThreshold, segments[0].count / 64)
    }
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
        for segment in segments {
            for number in 0..<segment.index.count where !segment.isRemoved(number) {
                builder.append(number, of: segment.index)
            }
        }
        self.init(builder.build())
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
    /// Drops empty segments and merges the last ones while they are of like size; leaves the first `sealed`.
    fileprivate mutating func mergeSmall(from sealed: Int) {
        for place in indices.dropFirst(sealed).reversed() where self[place].count == 0 { remove(at: place) }
        while count - sealed >= 2, self[count - 1].count * 4 >= self[count - 2].count {
            let merged = IndexSegment(merging: Array(suffix(2)))
            replaceSubrange((count - 2)..., with: [merged])
        }
    }
}
