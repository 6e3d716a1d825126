import Contributions
import Testing

/// LP5: asking again and giving again tell nothing new.
@Suite struct AveragingTests {
    @Test(
        "LP5 many contributions at one place show as one cell, however often they are read",
        arguments: [
            Precision.about, .wide,
        ])
    func oneCell(_ precision: Precision) async throws {
        let proof = AveragingProof(
            precision: precision, gifts: ProofScale.of(small: 25, medium: 100, full: 200),
            reads: ProofScale.of(small: 5, medium: 100, full: 1_000))
        let outcome = try await proof.outcome()
        #expect(outcome.outlines == 1 && outcome.answers == 1)
        #expect(abs(outcome.errors.one - outcome.errors.all) < 0.01, "metres: \(outcome.errors)")
        ProofReport.note(
            "LP5 \(precision.rawValue)",
            "\(outcome.outlines) cell over \(proof.gifts) contributions, \(outcome.answers) answer over \(proof.reads) reads"
        )
    }
}
