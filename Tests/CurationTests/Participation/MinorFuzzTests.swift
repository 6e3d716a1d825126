import Contributions
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import Curation

/// Whatever child, parent and curator do one after the other: nothing shows that the parent has not seen and agreed to.
@Suite struct MinorFuzzTests {
    /// One child's contribution, and what the parent has agreed to so far.
    private struct Family {
        let workshop: Workshop
        let given: Acceptance
        let code: PaperCode
        var agreed: Set<String> = []
        var now = Workshop.noon
        var titles = 0

        var view: ParentalView? { try? workshop.participation.view(forParent: code, at: now) }

        mutating func act(_ random: inout SeededGenerator) async throws {
            now += Int64(random.next() % (2 * 86_400))
            try await workshop.participation.catchUp(to: now)
            switch random.next() % 12 {
            case 0, 1, 2:
                titles += 1
                try await change(#"{"properties":{"title":"Titre \#(titles)"}}"#)
            case 3: try await change(#"{"properties":{"precision":"none"}}"#)
            case 4: try await change(#"{"state":"\#(random.next() % 2 == 0 ? "hidden" : "published")"}"#)
            case 5, 6: try await agree(behind: 0)
            case 7: try await agree(behind: 1)
            case 8 where random.next() % 4 == 0: try await answer(.refuse)
            case 9, 10: try await decide(.publish(from: nil))
            default: try await decide([.hide, .reject, .publish(from: now + 86_400)][Int(random.next() % 3)])
            }
        }

        private func change(_ json: String) async throws {
            await ignoringRefusals { try await workshop.change(given.receipt, json, at: now) }
        }

        private func decide(_ decision: Decision) async throws {
            await ignoringRefusals {
                try await workshop.decide(decision, try workshop.own(given.receipt).identifier, at: now)
            }
        }

        private mutating func agree(behind: Int) async throws {
            guard let view else { return }
            if behind == 0, let title = try JSONParser.parse(view.feature)["properties"]?["title"]?.text {
                agreed.insert(title)
            }
            try await answer(.agree(revision: view.revision - behind, partners: nil))
        }

        private func answer(_ answer: ParentalAnswer) async throws {
            await ignoringRefusals {
                _ = try await workshop.participation.answer(
                    answer, forParent: code, text: .parents(in: .french), at: now)
            }
        }

        /// Much of what is tried cannot be done from where the contribution stands.
        private func ignoringRefusals(_ body: () async throws -> some Any) async {
            do {
                _ = try await body()
            } catch is CurationError {
                return
            } catch is SubmissionError {
                return
            } catch {
                Issue.record("\(error)")
            }
        }
    }

    @Test(arguments: [Layer.Review.before, .after])
    func nothingShowsThatNoParentHasSeen(review: Layer.Review) async throws {
        var shown = 0
        for seed in 1...12 as ClosedRange<UInt64> {
            let workshop = try await Workshop({ $0.review = review }, seed: seed)
            var submission = Workshop.submission(title: "Titre 0")
            submission.ageBand = .under15
            let given = try await workshop.contribute(submission)
            var family = Family(workshop: workshop, given: given, code: try #require(given.parent?.code))
            var random = SeededGenerator(seed: seed)
            for step in 0..<40 {
                try await family.act(&random)
                let titles = Set(try workshop.titles())
                #expect(titles.isSubset(of: family.agreed), "seed \(seed), step \(step): \(titles)")
                shown += titles.count
                for feature in try workshop.shown().values {
                    let precision = feature["properties"]?["precision"]?.text ?? ""
                    #expect(["wide", "none"].contains(precision), "seed \(seed), step \(step)")
                }
            }
            let wrong = try workshop.store.check().findings.filter { $0.severity == .wrong }
            #expect(wrong.isEmpty, "seed \(seed): \(wrong)")
        }
        #expect(shown > 30, "too little was ever public for this to say much")
    }
}
