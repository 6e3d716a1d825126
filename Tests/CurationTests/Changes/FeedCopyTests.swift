import Contributions
import SpatialDatabase
import TestSupport
import Testing

@testable import Curation

/// Copies that follow the change feed, whatever happens between two pages of it.
@Suite struct FeedCopyTests {
    private static let seed: UInt64 = 88

    /// What one copy holds: bytes of features by their ids.
    private struct Copy {
        var features: [UInt128: [UInt8]] = [:]
        var position: FeedPosition?

        /// Reads one page as a program would that asks for each feature by its id.
        mutating func read(_ workshop: Workshop, limit: Int) throws -> Bool {
            let start = position
            let page = try #require(
                try workshop.store.read {
                    try $0.changes(in: workshop.layer, from: start, limit: limit, at: Workshop.noon)
                })
            let shown = try workshop.features()
            for identifier in page.added + page.changed { features[identifier.bits] = shown[identifier.bits] }
            for identifier in page.withdrawn { features[identifier.bits] = nil }
            position = page.next
            return page.hasMore
        }
    }

    @Test("a copy that reads page after page while much happens is the same as the layer once it has caught up")
    func copiesStayTrue() async throws {
        let workshop = try await Workshop({ $0.review = .after }, seed: Self.seed)
        var generator = SeededGenerator(seed: Self.seed)
        var receipts: [Acceptance] = []
        var copies = [Copy(), Copy(), Copy()]
        for step in 0..<ProofSize.count(250, full: 4_000) {
            try await act(workshop, &receipts, &generator)
            for place in copies.indices where Int.random(in: 0..<(2 + place * 20), using: &generator) == 0 {
                _ = try copies[place].read(workshop, limit: .random(in: 1...4, using: &generator))
            }
            guard step % 50 == 49 else { continue }
            let shown = try workshop.features()
            for place in copies.indices {
                while try copies[place].read(workshop, limit: 3) {}
                while try copies[place].read(workshop, limit: 3) {}
                #expect(copies[place].features == shown, "seed \(Self.seed), step \(step), copy \(place)")
            }
        }
        #expect(try workshop.features().count > 5)
    }

    private func act(
        _ workshop: Workshop, _ receipts: inout [Acceptance], _ generator: inout SeededGenerator
    ) async throws {
        let place = Int.random(in: 0..<(receipts.count + 4), using: &generator)
        guard receipts.indices.contains(place) else {
            receipts.append(try await workshop.contribute(Workshop.submission(title: "Lieu \(receipts.count)")))
            return
        }
        let receipt = receipts[place].receipt
        switch Int.random(in: 0..<6, using: &generator) {
        case 0:
            try await workshop.withdraw(receipt)
            receipts.remove(at: place)
        case 1: try await workshop.change(receipt, #"{"state":"hidden"}"#)
        case 2: try await workshop.change(receipt, #"{"state":"published"}"#)
        case 3:
            let moved =
                #"{"geometry":{"type":"Point","coordinates":[\#(Double.random(in: 2...3, using: &generator)),48]}}"#
            try await workshop.change(receipt, moved)
        default:
            try await workshop.change(receipt, #"{"properties":{"text":"\#(generator.next())"}}"#)
        }
    }

    @Test("what a copy was told by, and is not kept any more, is known as such")
    func restoredStoresAreNoticed() async throws {
        let workshop = try await Workshop({ $0.review = .after }, seed: Self.seed + 1)
        _ = try await workshop.contribute()
        let page = try workshop.store.read {
            try $0.changes(in: workshop.layer, from: nil, limit: 10, at: Workshop.noon)
        }
        guard case .since(let mark)? = page?.next else { throw Unexpected() }
        // As after a backup was restored: the number is not there, or it is another's.
        for wrong in [
            FeedMark(sequence: mark.sequence + 5, token: mark.token),
            FeedMark(sequence: mark.sequence, token: mark.token ^ 1),
        ] {
            let told = try workshop.store.read {
                try $0.changes(in: workshop.layer, from: .since(mark: wrong), limit: 10, at: Workshop.noon)
            }
            #expect(told == nil)
        }
    }

    private struct Unexpected: Error {}
}

extension Workshop {
    fileprivate func features() throws -> [UInt128: [UInt8]] {
        var features: [UInt128: [UInt8]] = [:]
        try store.forEachPublished { features[$0.identifier] = Array($0.feature) }
        return features
    }
}
