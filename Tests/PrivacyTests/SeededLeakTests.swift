#if DEBUG
    import Contributions
    import Curation
    import Testing

    @testable import MapServer

    /// LP9: faults that others have had, each planted alone; the proof that should find it does.
    @Suite struct SeededLeakTests {
        private struct Finding {
            let proof: String
            let figure: String
            let isFound: Bool
        }

        @Test("LP9 the proofs find every seeded leak", arguments: SeededLeak.Fault.allCases)
        func everyLeakIsFound(_ fault: SeededLeak.Fault) async throws {
            let finding = try await SeededLeak.$planted.withValue(SeededLeak(fault)) { try await Self.find(fault) }
            #expect(finding.isFound, "\(fault) passes unseen by \(finding.proof): \(finding.figure)")
            if finding.isFound { ProofReport.note("LP9 \(fault.rawValue)", "\(finding.proof): \(finding.figure)") }
        }

        @Test("LP9 a position in the features is found by the canaries, too")
        func canariesFindTheRawField() async throws {
            let outcome = try await SeededLeak.$planted.withValue(SeededLeak(.rawField)) {
                try await CanaryProof(story: Self.story) { $0.template.hasPrefix("/exports/") }.outcome()
            }
            #expect(outcome.hits.contains("the store") && outcome.hits.count > 3)
            ProofReport.note("LP10 control", "\(outcome.hits.count) hits with a raw field")
        }

        private static let story = Story(seed: 5, count: 30, spread: 0.004)

        private static func find(_ fault: SeededLeak.Fault) async throws -> Finding {
            switch fault {
            case .honeypotBox, .rawField, .sameRayOffset, .stateCycle:
                try await byMoves { $0.template == "/collections/{layer}/items" }
            case .exportColumn: try await byMoves { $0.template.hasPrefix("/exports/") }
            case .siblingEndpoint: try await byMoves { $0.template == "/xyz/{layer}.json" }
            case .clusterCentroid: try await byMoves { $0.template == "/xyz/{layer}/{z}/{x}/{y}.geojson" }
            case .hiddenTextInSearch, .lastModified: try await byPresence()
            case .diskNoise: try await byAveraging()
            case .timeOrderedIdentifier: try await byLinkage()
            case .trueDistance: try await byAttack()
            }
        }

        private static func byMoves(_ isMeant: @escaping @Sendable (Route) -> Bool) async throws -> Finding {
            let outcome = try await TwinWorlds(story: story, twin: story.moved(seed: 6)).compare(where: isMeant)
            return Finding(proof: "LP1", figure: outcome.figure, isFound: !outcome.differences.isEmpty)
        }

        private static func byPresence() async throws -> Finding {
            let twin = story.lacking { !$0.fate.isPublic }.withoutWaitingChanges()
            let outcome = try await TwinWorlds(story: story, twin: twin).compare {
                $0.template == "/collections/{layer}/items"
            }
            return Finding(proof: "LP2", figure: outcome.figure, isFound: !outcome.differences.isEmpty)
        }

        private static func byAveraging() async throws -> Finding {
            let outcome = try await AveragingProof(precision: .about, gifts: 40, reads: 1).outcome()
            let isFound = outcome.outlines > 1 && outcome.errors.all < 40
            return Finding(
                proof: "LP5",
                figure: "\(outcome.outlines) outlines, average \(Int(outcome.errors.all)) m from the truth",
                isFound: isFound)
        }

        private static func byLinkage() async throws -> Finding {
            let proof = LinkageProof(authors: 20, each: 5, seed: 8)
            let rho = try await proof.correlations()["id"] ?? 0
            return Finding(proof: "LP11", figure: "rho \(rho) for id", isFound: rho > LinkageTests.bound(proof))
        }

        private static func byAttack() async throws -> Finding {
            let errors = try await OracleProof(precision: .about, targets: 6, bearings: 8, steps: 12).medianErrors()
            let figures = errors.map { "\($0.key) \(Int($0.value)) m" }.sorted().joined(separator: ", ")
            let isFound = [.disk, .order, .distance].contains { (errors[$0] ?? .infinity) < 40 }
            return Finding(proof: "LP4", figure: figures, isFound: isFound)
        }
    }
#endif
