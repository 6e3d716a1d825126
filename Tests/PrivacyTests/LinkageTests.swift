import Testing

/// LP11: nothing public tells who gave what, or in which order.
@Suite struct LinkageTests {
    @Test("LP11 no public field goes with its author or with the order of giving")
    func nothingGoesTogether() async throws {
        let proof = LinkageProof(
            authors: ProofScale.of(small: 40, medium: 100, full: 200),
            each: ProofScale.of(small: 5, medium: 10, full: 10),
            seed: 77)
        let correlations = try await proof.correlations()
        let bound = LinkageTests.bound(proof)
        #expect(correlations.count > 6)
        for (field, rho) in correlations { #expect(rho < bound, "\(field): \(rho), seed \(proof.seed)") }
        let most = correlations.max { $0.value < $1.value }
        ProofReport.note(
            "LP11",
            "greatest rho \(most.map { "\(($0.value * 1_000).rounded() / 1_000) (\($0.key))" } ?? "none"), "
                + "bound \((bound * 1_000).rounded() / 1_000)")
    }

    /// 5/√n: five standard deviations of the rho of what is independent.
    static func bound(_ proof: LinkageProof) -> Double { 5 / Double(proof.authors * proof.each).squareRoot() }
}
