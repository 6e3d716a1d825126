package import Contributions
import Projections
package import SpatialDatabase
package import SpatialIndex

/// A layer as those see it who look after it, as a file in pieces: first what nobody has decided about, then what is
/// published. Each feature says by its `state` which it is, and nothing shows more finely than it would in public.
///
/// What is decided upon while the file is written is in it once, as it stood before or as it stands then. What is
/// hidden or refused is not in it, even where the queue shows it because its author contests, nor a change of what is
/// published, nor what is accepted for a later day: a file travels, and such things are settled at the desk.
package struct CuratedExport: Sendable {
    /// Formats in which a feature can say how it stands and be read again.
    package static let formats: [ExportFormat] = [.geojson, .geojsonl, .csv]

    private enum Stage {
        case beginning
        case undecided(after: PublicIdentifier?)
        case published(IndexSnapshot, after: PageKey?)
        case ending
        case ended
    }

    private let waiting: UndecidedPages
    private let published: @Sendable () throws -> IndexSnapshot
    private var export: LayerExport
    private var stage = Stage.beginning
    /// The ids of what was written as undecided.
    private var written: Set<UInt128> = []

    /// Looks at each feature for the columns of a table.
    /// - Parameters:
    ///   - published: gives what is published at the moment of the call.
    ///   - localTime: of the clocks by which encounter points live.
    package init(
        _ layer: Layer, of store: SpatialStore, as format: ExportFormat, in localTime: LocalTime,
        published: @escaping @Sendable () throws -> IndexSnapshot
    ) throws {
        waiting = UndecidedPages(store: store, layer: layer.identifier, localTime: localTime)
        self.published = published
        var columns = ExportColumns()
        if format.hasColumns {
            try waiting.forEach { try $0.feature().withUnsafeBytes { try columns.look(at: $0) } }
            try published().forEachInOrder(matching: .all) { try $0.withText { text, _ in try columns.look(at: text) } }
        }
        columns.add(ReviewMark.name)
        export = LayerExport(format: format, of: layer, columns: columns)
    }

    /// Nil behind the last.
    /// - Throws: `StoreError.unknownLayer` when the layer was deleted meanwhile.
    package mutating func next() throws -> [UInt8]? {
        var bytes: [UInt8] = []
        switch stage {
        case .beginning:
            export.begin(&bytes)
            stage = .undecided(after: nil)
        case .undecided(let after): try appendUndecided(after, to: &bytes)
        case .published(let snapshot, let after): try appendPublished(snapshot, after, to: &bytes)
        case .ending:
            export.end(&bytes)
            stage = .ended
        case .ended: return nil
        }
        return bytes
    }

    private mutating func appendUndecided(_ after: PublicIdentifier?, to bytes: inout [UInt8]) throws {
        let page = try waiting.page(after: after)
        for one in page where written.insert(one.identifier.bits).inserted {
            try one.feature().withUnsafeBytes { try append($0, one.state, to: &bytes) }
        }
        // What is published is looked at last, so that nothing falls between the two.
        stage =
            page.count < UndecidedPages.size
            ? .published(try published(), after: nil) : .undecided(after: page.last?.identifier)
    }

    private mutating func appendPublished(
        _ snapshot: IndexSnapshot, _ after: PageKey?, to bytes: inout [UInt8]
    ) throws {
        let page = snapshot.features(matching: .all, after: after, limit: UndecidedPages.size)
        for feature in page.features where !written.contains(feature.identifier) {
            try feature.withText { text, _ in try append(text, .published, to: &bytes) }
        }
        stage = page.next.map { .published(snapshot, after: $0) } ?? .ending
    }

    private mutating func append(
        _ feature: UnsafeRawBufferPointer, _ state: ContributionState, to bytes: inout [UInt8]
    ) throws {
        try ReviewMark.marking(feature, as: state).withUnsafeBytes { try export.append($0, to: &bytes) }
    }
}
