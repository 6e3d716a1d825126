import Contributions
import MapFormats
import MapGeometry
import SpatialDatabase
import TestSupport
import Testing

@testable import Curation

@Suite struct ModerationTests {
    @Test func hidingTakesOutOfSightAndPublishingBringsBack() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published()
        try await workshop.decide(.hide, given.identifier)
        #expect(try workshop.shown().isEmpty && workshop.found("bal") == 0)
        #expect(try workshop.own(given.receipt).state == .hidden)
        await #expect(throws: CurationError.hiddenByCurator) {
            try await workshop.change(given.receipt, #"{"state":"published"}"#)
        }
        try await workshop.decide(.publish(from: nil), given.identifier)
        #expect(try workshop.titles() == ["Le bal"])
        let id = given.identifier
        #expect(try workshop.feed() == ["added \(id)", "withdrawn \(id)", "added \(id)"])
        #expect(try workshop.store.check().isSound)
    }

    @Test func theAuthorReadsWhyAndTheJournalSaysWho() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.contribute()
        await #expect(throws: CurationError.reasonsNeeded) {
            try await workshop.decide(.reject, given.identifier, reasons: "")
        }
        try await workshop.decide(.reject, given.identifier, reasons: "Le nom d’une voisine.")
        let own = try workshop.own(given.receipt)
        #expect(own.state == .rejected)
        #expect(
            own.decisions == [DecisionNotice(decision: "reject", reasons: "Le nom d’une voisine.", revision: 1)])
        let entry = try #require(try workshop.store.journal().last)
        #expect(entry.act == "reject" && entry.actor == workshop.curator.identifier.description)
        #expect(entry.subject == JournalEntry.subject(given.identifier) && entry.moment == Workshop.noon)
        // Neither the words of the one nor those of the other.
        #expect(!"\(try workshop.store.journal())".contains("voisine"))
    }

    @Test func whatIsRefusedWaitsAgainOnceItIsChanged() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.contribute()
        try await workshop.decide(.reject, given.identifier)
        let after = try await workshop.change(given.receipt, #"{"properties":{"title":"Le grand bal"}}"#)
        #expect(after.state == .pending && after.revision == 2)
        await #expect(throws: CurationError.changedSince(revision: 2)) {
            try await workshop.decide(.publish(from: nil), given.identifier, revision: 1)
        }
        try await workshop.decide(.publish(from: nil), given.identifier, revision: 2)
        #expect(try workshop.titles() == ["Le grand bal"])
    }

    @Test func whatWasPublicAndRefusedComesBackElsewhereUnderAnotherId() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published()
        try await workshop.decide(.reject, given.identifier)
        let after = try await workshop.change(
            given.receipt, #"{"geometry":{"type":"Point","coordinates":[2.45,48.868]}}"#)
        #expect(after.identifier != given.identifier)
        try await workshop.decide(.publish(from: nil), after.identifier)
        #expect(try workshop.shown().keys.map { $0 } == [after.identifier.bits])
        #expect(
            try workshop.feed() == [
                "added \(given.identifier)", "withdrawn \(given.identifier)", "added \(after.identifier)",
            ])
    }

    @Test func coarseningShowsTheParentAtOnceAndNothingFinerWaitsBehind() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published(Workshop.submission(.exact))
        try await workshop.change(given.receipt, #"{"properties":{"title":"Le grand bal"}}"#)
        try await workshop.decide(.coarsen(.wide), given.identifier)
        #expect(try workshop.cell(of: given.identifier) == "CRS3035RES1000mN2890000E3762000")
        #expect(try workshop.titles() == ["Le bal"])
        let own = try workshop.own(given.receipt)
        #expect(own.isChangeWaiting && own.latest.cell?.name == "CRS3035RES1000mN2890000E3762000")
        #expect(own.latest.title == "Le grand bal" && own.revision == 2)
        #expect(try workshop.count("contribution WHERE geometry IS NOT NULL") == 0)
        #expect(try workshop.count("proposal WHERE geometry IS NOT NULL") == 0)
        await #expect(throws: CurationError.alreadyCoarser(.wide)) {
            try await workshop.decide(.coarsen(.about), given.identifier)
        }
    }

    @Test func aFinerChangeThatWaitsIsCoarsenedThoughWhatStandsIsCoarseAlready() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published(Workshop.submission(.wide))
        try await workshop.change(
            given.receipt,
            #"{"geometry":{"type":"Point","coordinates":[2.3795,48.868]},"properties":{"precision":"exact"}}"#)
        try await workshop.decide(.coarsen(.about), given.identifier)
        #expect(try workshop.own(given.receipt).latest.cell?.name == "CRS3035RES200mN2890400E3762800")
        #expect(try workshop.cell(of: given.identifier) == "CRS3035RES1000mN2890000E3762000")
        #expect(try workshop.count("proposal WHERE geometry IS NOT NULL") == 0)
    }

    @Test func aChangeIsRefusedAndWhatStoodStays() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published()
        try await workshop.change(given.receipt, #"{"properties":{"title":"Le grand bal"}}"#)
        try await workshop.decide(.reject, given.identifier)
        #expect(try workshop.titles() == ["Le bal"])
        let own = try workshop.own(given.receipt)
        #expect(own.state == .published && !own.isChangeWaiting && own.latest.title == "Le bal")
    }

    @Test func whoHoldsNoTokenOfTheLayerDecidesNothing() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.contribute()
        var generator = SeededGenerator(seed: 82)
        for (role, layer) in [("partner", nil), ("curator", "autre")] as [(String, String?)] {
            if layer != nil {
                try await workshop.store.write { try $0.create(Layer(identifier: try LayerIdentifier("autre"))) }
            }
            let token = try await workshop.store.createToken(
                secret: Secret.random(using: &generator).text, role: role, layer: layer, at: 0)
            await #expect(throws: CurationError.nothingToDecide, "\(role)") {
                try await workshop.participation.decide(
                    DecisionRequest(.publish(from: nil), about: given.identifier, reasons: ""), by: token, at: 0)
            }
        }
        try await workshop.store.revokeToken(workshop.curator.identifier.description, at: Workshop.noon)
        await #expect(throws: CurationError.nothingToDecide) {
            try await workshop.decide(.publish(from: nil), given.identifier)
        }
        #expect(try workshop.shown().isEmpty)
    }

    @Test func anEmbargoHoldsUntilItsMomentEvenForWhoHidesAndShowsAgain() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.contribute()
        let (noon, later) = (Workshop.noon, Workshop.noon + 1_000)
        try await workshop.decide(.publish(from: later), given.identifier)
        #expect(try workshop.shown().isEmpty && workshop.feed().isEmpty)
        try await workshop.change(given.receipt, #"{"state":"hidden"}"#, at: noon + 1)
        #expect(workshop.layers.nextDue.map { $0 >= later } ?? true)
        try await workshop.change(given.receipt, #"{"state":"published"}"#, at: noon + 2)
        #expect(try workshop.shown().isEmpty)
        try await workshop.participation.catchUp(to: later - 1)
        #expect(try workshop.shown().isEmpty)
        try await workshop.participation.catchUp(to: later)
        #expect(try workshop.titles() == ["Le bal"])
        #expect(try workshop.layers.nextDue == nil && workshop.store.nextDue() == nil)
    }

    @Test func whatIsHiddenIsNotReleasedAndHoldsNobodyUp() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.contribute()
        let later = Workshop.noon + 1_000
        try await workshop.decide(.publish(from: later), given.identifier)
        try await workshop.change(given.receipt, #"{"state":"hidden"}"#)
        try await workshop.participation.catchUp(to: later + 1)
        #expect(try workshop.shown().isEmpty)
        #expect(workshop.layers.nextDue == nil)
        try await workshop.change(given.receipt, #"{"state":"published"}"#, at: later + 2)
        #expect(try workshop.titles() == ["Le bal"])
    }

    @Test func aDailyLayerShowsAllOfADayAtMidnight() async throws {
        let workshop = try await Workshop { $0.release = .daily }
        let midnight = LocalTime.paris.nextMidnight(after: Workshop.noon)
        #expect(midnight == Workshop.noon + 43_200)
        for hour in 0..<11 {
            let given = try await workshop.contribute(
                Workshop.submission(title: "\(hour)"), at: Workshop.noon + Int64(hour) * 3_600)
            try await workshop.decide(.publish(from: nil), given.identifier, at: Workshop.noon + Int64(hour) * 3_600)
        }
        try await workshop.participation.catchUp(to: midnight - 1)
        #expect(try workshop.shown().isEmpty && workshop.feed().isEmpty)
        try await workshop.participation.catchUp(to: midnight)
        #expect(try workshop.shown().count == 11)
        // In the order of their ids, which tell nothing of who came first.
        let feed = try workshop.feed()
        #expect(feed == feed.sorted() && feed.count == 11)
        #expect(workshop.layers.nextDue == nil)
    }

    @Test func hidingAndShowingAgainIsNoWayRoundTheDay() async throws {
        let workshop = try await Workshop {
            $0.release = .daily
            $0.review = .after
        }
        let given = try await workshop.contribute()
        try await workshop.change(given.receipt, #"{"state":"hidden"}"#)
        try await workshop.change(given.receipt, #"{"state":"published"}"#)
        #expect(try workshop.shown().isEmpty)
        try await workshop.participation.catchUp(to: Workshop.noon + 43_200)
        #expect(try workshop.shown().count == 1)
    }
}
