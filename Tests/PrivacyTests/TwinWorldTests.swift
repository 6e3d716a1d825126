import Contributions
import Testing

@testable import MapServer

/// LP1 and LP2: what nobody may see changes not one byte of what everybody is told.
@Suite struct TwinWorldTests {
    private static let seed: UInt64 = 4_201
    private static let story = Story(
        seed: seed, count: ProofScale.of(small: 45, medium: 400, full: 10_000),
        spread: ProofScale.of(small: 0.008, medium: 0.03, full: 0.15))

    @Test("LP1 true places moved inside their cells change nothing that any public route says")
    func movesAreUnseen() async throws {
        let outcome = try await TwinWorlds(story: Self.story, twin: Self.story.moved(seed: Self.seed + 1)).compare()
        #expect(outcome.differences.isEmpty, "seed \(Self.seed): \(outcome.summary)")
        #expect(outcome.covered == Set(RouteTable.routes.filter(\.isPublicReading).map(\.template)))
        ProofReport.note("LP1", outcome.figure)
    }

    @Test("LP2 what is not public, or not any more, changes nothing that any public route says")
    func presenceIsUnseen() async throws {
        let twin = Self.story.lacking { !$0.fate.isPublic }.withoutWaitingChanges()
        let outcome = try await TwinWorlds(story: Self.story, twin: twin).compare(isWarm: true)
        #expect(outcome.differences.isEmpty, "seed \(Self.seed): \(outcome.summary)")
        ProofReport.note("LP2", outcome.figure)
    }

    @Test("LP2 what stands nowhere on the map changes nothing that spatial routes say")
    func whatStandsNowhereIsNotOnTheMap() async throws {
        let twin = Self.story.lacking { $0.precision == .none }
        let outcome = try await TwinWorlds(story: Self.story, twin: twin).compare { $0.template.hasPrefix("/xyz/") }
        #expect(outcome.differences.isEmpty, "seed \(Self.seed): \(outcome.summary)")
        ProofReport.note("LP2 nowhere", outcome.figure)
    }
}

extension TwinWorlds.Outcome {
    var summary: String {
        "\(differences.count) of \(count) answers differ\n"
            + differences.prefix(5).map(\.description).joined(separator: "\n")
    }

    var figure: String { "\(differences.count) of \(count) answers differ, over \(covered.count) routes" }
}

extension Story {
    /// The same, but nobody has changed anything that waits for a review.
    func withoutWaitingChanges() -> Story {
        var story = self
        for number in story.gifts.indices where story.gifts[number].fate == .changeWaits {
            story.gifts[number] = story.gifts[number].publishedOnly
        }
        return story
    }
}
