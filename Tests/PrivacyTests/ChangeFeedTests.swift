import Contributions
import Foundation
import HTTPTypes
import MapFormats
import Testing

@testable import MapServer

/// LP2 for copies: what is told of changes is the same whether or not there is more that nobody may see.
@Suite struct ChangeFeedTests {
    private static let seed: UInt64 = 5_202

    /// What a copy of each layer hears that was there from the beginning.
    private struct Told: Equatable {
        var added: [String] = []
        var changed: [String] = []
    }

    @Test("LP2 changes are told alike in both worlds, but for ids that were public once")
    func changesAreToldAlike() async throws {
        let story = Story(seed: Self.seed, count: ProofScale.of(small: 45, medium: 400, full: 4_000), spread: 0.01)
        let twin = story.lacking { !$0.fate.isPublic }.withoutWaitingChanges()
        let (told, withdrawn) = try await listen(to: story)
        let (toldInTwin, withdrawnInTwin) = try await listen(to: twin)
        #expect(told == toldInTwin, "seed \(Self.seed)")
        #expect(told.values.contains { !$0.added.isEmpty } && told.values.contains { !$0.changed.isEmpty })
        // Those that left and never were in the other world; the others left in both.
        #expect(withdrawn.isSuperset(of: withdrawnInTwin) && withdrawn.count > withdrawnInTwin.count)
    }

    private func listen(to story: Story) async throws -> ([String: Told], Set<String>) {
        let result = Kept<([String: Told], Set<String>)>()
        try await World.with { world in
            var teller = Storyteller(story, in: world)
            try await teller.tellBeginning()
            var cursors: [String: String] = [:]
            var known: Set<String> = []
            for layer in ["memoires", "quartier", "fabrique"] {
                let page = try await world.require(.get, "/changes/\(layer)?limit=10000")
                known.formUnion(page.texts("added"))
                cursors[layer] = page["cursor"]?.text
            }
            try await teller.tellEnd()
            var told: [String: Told] = [:]
            var withdrawn: Set<String> = []
            for (layer, cursor) in cursors {
                let page = try await world.require(.get, "/changes/\(layer)?limit=10000&since=\(cursor)")
                told[layer] = Told(added: page.texts("added"), changed: page.texts("changed"))
                withdrawn.formUnion(page.texts("withdrawn"))
            }
            #expect(withdrawn.isSubset(of: known.union(Set(teller.known.values.map(\.identifier)))))
            result.value = (told, withdrawn)
        }
        return try result.require()
    }
}

extension JSONValue {
    fileprivate func texts(_ name: String) -> [String] {
        guard case .array(let values)? = self[name] else { return [] }
        return values.compactMap(\.text)
    }
}
