import Contributions
import MapGeometry
import Testing

/// LP4: what flips, what comes first and what distance is said betray no more than the cell.
@Suite struct OracleAttackTests {
    /// The median distance from the middle of a square to a place anywhere in it, by its side.
    private static let blind = 0.399

    /// Metres that an attacker must miss by in the median: the bound of `privacy.md` for many targets, and for few what
    /// chance may take from it (2.5 standard deviations of a median; the density of misses there is 2.507 a side).
    static func least(_ precision: Precision, targets: Int) -> Double {
        let chance = 2.5 / (2 * 2.507 * Double(targets).squareRoot())
        let share = targets >= 500 ? 0.95 * blind : blind - max(0.05 * blind, chance)
        return share * Double(precision.finestSide?.metres ?? 0)
    }

    @Test("LP4 disks, boxes, order and distance tell nobody more than the cell", arguments: [Precision.about, .wide])
    func nothingFinerThanTheCell(_ precision: Precision) async throws {
        let proof = OracleProof(
            precision: precision, targets: ProofScale.of(small: 14, medium: 60, full: 500),
            bearings: ProofScale.of(small: 6, medium: 24, full: 320),
            steps: ProofScale.of(small: 12, medium: 15, full: 17))
        let errors = try await proof.medianErrors()
        let least = Self.least(precision, targets: proof.targets)
        for (method, error) in errors { #expect(error >= least, "\(method): \(error) m of at least \(least) m") }
        let nearest = errors.values.min() ?? 0
        ProofReport.note("LP4 \(precision.rawValue)", "median error \(Int(nearest)) m, at least \(Int(least)) m asked")
    }
}
