import Testing

/// LP10: the number of a true place is nowhere.
@Suite struct CanaryTests {
    static let story = Story(seed: 99, count: ProofScale.of(small: 40, medium: 300, full: 2_000), spread: 0.01)

    @Test("LP10 no true place is in the store, its log, what is logged or what anybody is answered")
    func noTruePlaceAnywhere() async throws {
        let outcome = try await CanaryProof(story: Self.story).outcome()
        #expect(outcome.hits.isEmpty, "in \(outcome.hits.prefix(5))")
        #expect(outcome.forms > 60)
        #expect(outcome.exactInStore > 0, "what is meant to be seen is found, so that looking works")
        ProofReport.note(
            "LP10", "\(outcome.hits.count) hits of \(outcome.forms) forms in \(outcome.bytes >> 20) MiB")
    }
}
