import Contributions
import Testing

@testable import MapServer

/// LP3: how long an answer takes tells nothing of what is not public. Only where nothing else runs, by
/// `Tools/prove-privacy`: a figure of time means little beside other tests.
@Suite(.enabled(if: ProofScale.asked != .small), .serialized) struct TimingTests {
    private static let story = Story(seed: 31, count: 150, spread: 0.02)
    private static let bound = 0.05

    @Test("LP3 an answer takes as long in a world without what is not public")
    func timeTellsNothing() async throws {
        let samples = ProofScale.of(small: 100, medium: 2_000, full: 10_000)
        let twin = Self.story.lacking { !$0.fate.isPublic }.withoutWaitingChanges()
        let deltas = try await TimingProof(story: Self.story, twin: twin, samples: samples).deltas()
        #expect(deltas.count > 25)
        for (address, delta) in deltas { #expect(abs(delta) < Self.bound, "\(address): Cliff's delta \(delta)") }
        let most = deltas.max { abs($0.value) < abs($1.value) }
        ProofReport.note(
            "LP3",
            "greatest Cliff's delta \(most.map { "\(($0.value * 1_000).rounded() / 1_000) (\($0.key))" } ?? "none") "
                + "over \(deltas.count) routes, \(samples) samples each")
    }

    @Test("LP3 control: a world in which twice as much is public takes a time of its own")
    func moreTakesLonger() async throws {
        let twin = Self.story.lacking { $0.number % 2 == 0 }
        let proof = TimingProof(story: Self.story, twin: twin, samples: 1_000)
        let deltas = try await proof.deltas { $0.template == "/exports/{layer}.geojsonl" }
        let most = deltas.values.map { abs($0) }.max() ?? 0
        #expect(most > Self.bound * 2, "delta \(most)")
        ProofReport.note("LP3 control", "delta \((most * 1_000).rounded() / 1_000) where half is missing")
    }
}
