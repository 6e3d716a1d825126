import Contributions
import MapFormats
import SpatialDatabase
import Testing

@testable import Curation

@Suite struct ForgettingTests {
    @Test func whatHasExpiredIsForgottenWithAProof() async throws {
        let workshop = try await Workshop {
            $0.retention = 30
            $0.review = .after
        }
        let given = try await workshop.contribute()
        let end = Workshop.noon + 30 * Workshop.day
        #expect(workshop.layers.nextDue == end)
        #expect(try await !workshop.participation.catchUp(to: end - 1))
        #expect(try workshop.shown().count == 1)
        #expect(try await workshop.participation.catchUp(to: end))
        #expect(try workshop.shown().isEmpty)
        #expect(try workshop.count("contribution") == 0)
        #expect(throws: CurationError.unknownContribution) { try workshop.own(given.receipt) }
        let entry = try #require(try workshop.store.journal().last)
        #expect(entry.actor == "retention" && entry.act == "expire" && entry.detail == "1" && entry.moment == end)
        #expect(try workshop.count("consent WHERE withdrawn_at IS NULL") == 0)
        #expect(workshop.layers.nextDue == nil)
        #expect(try workshop.store.check().isSound)
    }

    @Test func aChangeDoesNotProlongWhatIsToBeForgotten() async throws {
        let workshop = try await Workshop {
            $0.retention = 30
            $0.review = .after
        }
        let given = try await workshop.contribute()
        try await workshop.change(
            given.receipt, #"{"properties":{"title":"Le grand bal"}}"#, at: Workshop.noon + 29 * Workshop.day)
        try await workshop.participation.catchUp(to: Workshop.noon + 30 * Workshop.day)
        #expect(try workshop.shown().isEmpty)
    }

    @Test func whatIsToBeReleasedAndForgottenAtOnceIsForgotten() async throws {
        let workshop = try await Workshop { $0.retention = 1 }
        let given = try await workshop.published()
        try await workshop.decide(.hide, given.identifier)
        try await workshop.decide(.publish(from: Workshop.noon + 1_000), given.identifier)
        // The server slept past both moments.
        try await workshop.participation.catchUp(to: Workshop.noon + 2 * Workshop.day)
        #expect(try workshop.shown().isEmpty && workshop.count("contribution") == 0)
        #expect(workshop.layers.nextDue == nil)
    }

    @Test func whatWasRefusedIsForgottenAfterNinetyDays() async throws {
        let workshop = try await Workshop()
        let (old, kept) = (try await workshop.contribute(), try await workshop.contribute())
        try await workshop.decide(.reject, old.identifier)
        try await workshop.decide(.reject, kept.identifier, at: Workshop.noon + Workshop.day)
        let end = Workshop.noon + 90 * Workshop.day
        #expect(try await !workshop.participation.retain(at: end))
        #expect(try await workshop.participation.retain(at: end + 1))
        #expect(throws: CurationError.unknownContribution) { try workshop.own(old.receipt) }
        #expect(try workshop.own(kept.receipt).state == .rejected)
        let entry = try #require(try workshop.store.journal().last)
        #expect(entry.act == "forget" && entry.subject == "rejected" && entry.detail == "1")
        // The proof of consent outlives it by three years.
        #expect(try workshop.count("consent") == 2)
        try await workshop.participation.retain(at: end + 1 + 3 * 365 * Workshop.day)
        #expect(try workshop.count("consent") == 2)
        try await workshop.participation.retain(at: end + 2 + 3 * 365 * Workshop.day)
        #expect(try workshop.count("consent") == 1)
        #expect(try workshop.store.check().isSound)
    }

    @Test func anOperatorErasesWhateverItsState() async throws {
        let workshop = try await Workshop()
        let (waiting, shown) = (try await workshop.contribute(), try await workshop.published())
        for given in [waiting, shown] {
            try await workshop.participation.erase(given.identifier, at: Workshop.noon)
            await #expect(throws: CurationError.unknownContribution) {
                try await workshop.participation.erase(given.identifier, at: Workshop.noon)
            }
        }
        #expect(try workshop.shown().isEmpty && workshop.count("contribution") == 0)
        #expect(try workshop.store.journal().filter { $0.act == "erase" }.count == 2)
        // What was never public is not told of.
        #expect(try workshop.feed() == ["added \(shown.identifier)", "withdrawn \(shown.identifier)"])
    }

    @Test func aLayerThatIsDeletedTakesEverythingAlong() async throws {
        let workshop = try await Workshop()
        _ = try await workshop.published()
        _ = try await workshop.contribute()
        _ = try await workshop.layers.delete(workshop.layer)
        for table in ["contribution", "receipt", "access_token", "published_feature", "change"] {
            #expect(try workshop.count(table) == 0, "\(table)")
        }
        #expect(try workshop.count("consent WHERE withdrawn_at IS NULL") == 0)
        #expect(try workshop.store.check().isSound)
    }
}
