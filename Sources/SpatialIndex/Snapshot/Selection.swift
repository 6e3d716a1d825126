/// A filter made ready for the features of one segment.
///
/// A class, since whoever searches hands it around for every feature.
final class Selection {
    let segment: IndexSegment
    /// Numbers of all features that match, ascending; known only when the filter names few identifiers.
    let candidates: [UInt32]?
    let isFiltered: Bool
    private let kinds: KindSet?
    private let anyOfThemes: [UInt32]?
    private let time: ClosedRange<Int64>?
    private let identifiers: Set<UInt128>?
    private let texts: [TextCondition]

    /// Up to so many identifiers are looked up one by one; more are asked about feature by feature.
    private static let candidateLimit = 2_048

    convenience init(_ filter: FeatureFilter, in segment: IndexSegment) {
        guard let identifiers = filter.identifiers, identifiers.count <= Self.candidateLimit else {
            self.init(filter, segment, candidates: nil)
            return
        }
        let all = Selection(filter, segment, candidates: nil)
        let numbers = identifiers.compactMap(segment.index.number).filter(all.admits)
        self.init(filter, segment, candidates: numbers.map(UInt32.init).sorted())
    }

    private init(_ filter: FeatureFilter, _ segment: IndexSegment, candidates: [UInt32]?) {
        self.segment = segment
        self.candidates = candidates
        isFiltered = !filter.isAll
        kinds = filter.kinds.map(KindSet.init)
        anyOfThemes = filter.anyOfThemes
        time = filter.time
        identifiers = filter.identifiers
        texts = filter.texts
    }

    var index: PackedIndex { segment.index }

    /// Whether every feature of the segment is there and matches.
    var admitsAll: Bool { !isFiltered && segment.removedCount == 0 }

    /// Whether a feature is there and matches.
    @inline(__always)
    func admits(_ number: Int) -> Bool {
        if segment.isRemoved(number) { return false }
        return !isFiltered || matches(number)
    }

    private func matches(_ number: Int) -> Bool {
        if let kinds, !kinds.contains(index.kinds[number]) { return false }
        if let time, !index.times.intersects(number, time) { return false }
        if let anyOfThemes, !index.themes.set(index.themeSets[number], hasAnyOf: anyOfThemes) { return false }
        if let identifiers, !identifiers.contains(index.identifiers[number]) { return false }
        return texts.isEmpty || hasTexts(number)
    }
}

extension Selection {
    /// Asked last, since it reads the feature's text.
    private func hasTexts(_ number: Int) -> Bool {
        index.texts.withText(number) { text, offset in texts.allSatisfy { $0.holds(in: text, at: offset) } }
    }
}

/// A set of kinds as 256 bits.
private struct KindSet {
    private var words = SIMD4<UInt64>()

    init(_ kinds: Set<UInt8>) {
        for kind in kinds { words[Int(kind >> 6)] |= 1 << UInt64(kind & 63) }
    }

    @inline(__always)
    func contains(_ kind: UInt8) -> Bool {
        words[Int(kind >> 6)] >> UInt64(kind & 63) & 1 == 1
    }
}
