import Contributions
import MapFormats
import MapGeometry
import SpatialDatabase
import Testing

@testable import Curation

/// What authors do with a receipt in hand.
@Suite struct OwnTests {
    private func pin(_ longitude: Double, _ latitude: Double = 48.868, more: String = "") -> String {
        #"{"geometry":{"type":"Point","coordinates":[\#(longitude),\#(latitude)]}\#(more)}"#
    }

    @Test func aChangeWaitsWhileWhatStandsStays() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published()
        let after = try await workshop.change(given.receipt, #"{"properties":{"title":"Le grand bal"}}"#)
        #expect(after.isChangeWaiting && after.latest.title == "Le grand bal" && after.identifier == given.identifier)
        #expect(try workshop.titles() == ["Le bal"])
        try await workshop.decide(.publish(from: nil), given.identifier)
        #expect(try workshop.titles() == ["Le grand bal"])
        #expect(try workshop.feed() == ["added \(given.identifier)", "changed \(given.identifier)"])
        #expect(try workshop.found("grand") == 1)
    }

    @Test func whatIsTakenBackWaitsNoMore() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published()
        try await workshop.change(given.receipt, #"{"properties":{"title":"Le grand bal"}}"#)
        let after = try await workshop.change(given.receipt, #"{"properties":{"title":"Le bal"}}"#)
        #expect(!after.isChangeWaiting)
        #expect(try workshop.participation.queue(of: workshop.layer, after: nil, limit: 9).isEmpty)
    }

    @Test func aRealMoveIsPublishedUnderAnotherIdAndTheReceiptFollows() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published()
        let moved = try await workshop.change(given.receipt, pin(2.45))
        #expect(moved.identifier == given.identifier)
        let outcome = try await workshop.decide(.publish(from: nil), given.identifier)
        #expect(outcome.identifier != given.identifier && outcome.state == .published)
        #expect(try workshop.shown().keys.map { $0 } == [outcome.identifier.bits])
        #expect(try workshop.own(given.receipt).identifier == outcome.identifier)
        #expect(
            try workshop.feed() == [
                "added \(given.identifier)", "withdrawn \(given.identifier)", "added \(outcome.identifier)",
            ])
        await #expect(throws: CurationError.nothingToDecide) {
            try await workshop.decide(.hide, given.identifier)
        }
        #expect(throws: CurationError.unknownContribution) {
            try workshop.participation.own(
                given.identifier, in: workshop.layer, with: .receipt(given.receipt.token))
        }
    }

    @Test func aPinWithinHalfASideKeepsItsCell() async throws {
        let workshop = try await Workshop { $0.review = .after }
        let given = try await workshop.contribute()
        for longitude in [2.3821, 2.3795, 2.3782] {
            let after = try await workshop.change(given.receipt, pin(longitude))
            #expect(after.latest.cell?.name == "CRS3035RES200mN2890400E3762800", "\(longitude)")
        }
        #expect(try workshop.feed() == ["added \(given.identifier)"])
    }

    @Test func aPatchThatDoesNotSpeakOfThePlaceKeepsIt() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.contribute(Workshop.submission(.exact))
        for patch in [#"{"properties":{"title":"Un"}}"#, #"{"properties":{"text":"Deux","theme":["fête"]}}"#, "{}"] {
            let after = try await workshop.change(given.receipt, patch)
            #expect(after.latest.precision == .exact)
            #expect(after.latest.geometry == .point(Workshop.street))
        }
        #expect(try workshop.own(given.receipt).latest.title == "Un")
    }

    @Test(arguments: Precision.allCases)
    func whatWasReadCanBeSentBackAndChangesNothing(precision: Precision) async throws {
        let workshop = try await Workshop()
        var submission = Workshop.submission(
            title: "Le « bal »", text: "Un soir\nd’été", at: precision == .none ? nil : Workshop.street, precision)
        submission.themes = ["fête", "danse"]
        submission.when = try ExtendedDate("1987")
        submission.author = "Ana"
        submission.licence = "CC-BY-4.0"
        submission.kind = .memory
        let given = try await workshop.published(submission)
        let before = try workshop.own(given.receipt)
        let after = try await workshop.change(
            given.receipt, String(decoding: try before.feature(), as: UTF8.self), isReplacement: true)
        #expect(after.latest == before.latest && after.revision == before.revision && !after.isChangeWaiting)
        #expect(try workshop.feed().count == 1)
    }

    @Test func whatIsLeftOutOfAReplacementIsGone() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.contribute(Workshop.submission(text: "Un soir"))
        let after = try await workshop.change(
            given.receipt, #"{"type":"Feature","properties":{"title":"Le bal"}}"#, isReplacement: true)
        #expect(after.latest.text.isEmpty && after.latest.cell != nil)
    }

    @Test func showingMoreFinelyNeedsThePinAgain() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published(Workshop.submission(.wide))
        for precision in ["about", "exact"] {
            let refused = SubmissionError.faults([.init("/geometry", .pinNeeded)])
            await #expect(throws: refused) {
                try await workshop.change(given.receipt, #"{"properties":{"precision":"\#(precision)"}}"#)
            }
        }
        let after = try await workshop.change(given.receipt, pin(2.3795, more: #","properties":{"precision":"about"}"#))
        #expect(after.latest.cell?.name == "CRS3035RES200mN2890400E3762800")
        #expect(try workshop.cell(of: given.identifier) == "CRS3035RES1000mN2890000E3762000")
    }

    @Test func coarseningHidingAndWithdrawingNeverWait() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published(Workshop.submission(title: "Kaléidoscope", .exact))
        try await workshop.change(
            given.receipt, #"{"properties":{"precision":"about","title":"Caléidoscope"}}"#)
        // The place at once, the words once they are read.
        #expect(try workshop.cell(of: given.identifier) == "CRS3035RES200mN2890400E3762800")
        #expect(try workshop.titles() == ["Kaléidoscope"])
        #expect(try workshop.own(given.receipt).isChangeWaiting)
        try await workshop.change(given.receipt, #"{"state":"hidden"}"#)
        #expect(try workshop.shown().isEmpty)
        #expect(try workshop.own(given.receipt).isChangeWaiting)
        try await workshop.change(given.receipt, #"{"properties":{"state":"published"}}"#)
        #expect(try workshop.titles() == ["Kaléidoscope"])
        try await workshop.withdraw(given.receipt)
        #expect(try workshop.shown().isEmpty)
        for table in ["contribution", "proposal", "receipt", "decision", "idempotency", "published_feature"] {
            #expect(try workshop.count(table) == 0, "\(table)")
        }
        #expect(throws: CurationError.unknownContribution) { try workshop.own(given.receipt) }
        #expect(try workshop.store.check().isSound)
    }

    @Test func hidingAndCoarseningAtOnceShowsNothing() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published(Workshop.submission(.exact))
        try await workshop.change(given.receipt, #"{"state":"hidden","properties":{"precision":"wide"}}"#)
        #expect(try workshop.shown().isEmpty)
        #expect(try workshop.store.check().isSound)
    }

    @Test func showingAgainMoreCoarselyNeverShowsTheFinerPlace() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published(Workshop.submission(.exact))
        try await workshop.change(given.receipt, #"{"state":"hidden"}"#)
        try await workshop.change(given.receipt, #"{"state":"published","properties":{"precision":"wide"}}"#)
        #expect(try workshop.cell(of: given.identifier) == "CRS3035RES1000mN2890000E3762000")
        #expect(try workshop.store.check().isSound)
    }

    @Test func aLayerReviewedAfterShowsEveryChangeOnce() async throws {
        let workshop = try await Workshop { $0.review = .after }
        let given = try await workshop.contribute(Workshop.submission(.exact))
        // Coarser and in other words: two reasons to show it, one feature.
        try await workshop.change(given.receipt, #"{"properties":{"precision":"wide","title":"Le grand bal"}}"#)
        #expect(try workshop.titles() == ["Le grand bal"])
        // Coarser and elsewhere: the coarser one is gone with its id.
        try await workshop.change(given.receipt, pin(2.6, more: #","properties":{"precision":"none"}"#))
        #expect(try workshop.shown().count == 1)
        try await workshop.change(given.receipt, #"{"state":"hidden"}"#)
        try await workshop.change(given.receipt, #"{"properties":{"title":"Le petit bal"}}"#)
        #expect(try workshop.shown().isEmpty)
        try await workshop.change(given.receipt, #"{"state":"published"}"#)
        #expect(try workshop.titles() == ["Le petit bal"])
        #expect(try workshop.store.check().isSound)
    }

    @Test func noWayRoundShowsTwoPlacesUnderOneId() async throws {
        let workshop = try await Workshop { $0.review = .after }
        for detour in [#"{"properties":{"precision":"none"}}"#, #"{"properties":{"precision":"wide"}}"#] {
            let given = try await workshop.contribute(Workshop.submission(.exact))
            try await workshop.change(given.receipt, detour)
            // Another cell of 200 m in the same kilometre.
            let after = try await workshop.change(
                given.receipt, pin(2.3705, 48.866, more: #","properties":{"precision":"about"}"#))
            #expect(after.identifier != given.identifier, "\(detour)")
            #expect(try workshop.shown()[given.identifier.bits] == nil)
        }
    }

    @Test func aChangeOfWhatWasChangedMeanwhileIsRefused() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.contribute()
        try await workshop.change(given.receipt, #"{"properties":{"title":"Un"}}"#, revision: 1)
        await #expect(throws: CurationError.changedSince(revision: 2)) {
            try await workshop.change(given.receipt, #"{"properties":{"title":"Deux"}}"#, revision: 1)
        }
    }

    @Test func aReceiptOpensItsOwnAndNothingElse() async throws {
        let workshop = try await Workshop()
        let (mine, theirs) = (try await workshop.published(), try await workshop.published())
        #expect(throws: CurationError.unknownContribution) {
            try workshop.participation.own(
                theirs.identifier, in: workshop.layer, with: .receipt(mine.receipt.token))
        }
        await #expect(throws: CurationError.unknownContribution) {
            try await workshop.participation.withdraw(
                theirs.identifier, in: workshop.layer, with: .receipt(mine.receipt.token), at: Workshop.noon)
        }
        #expect(try workshop.shown().count == 2)
    }

    @Test func everythingWrongWithAChangeIsSaidAndNothingOfItIsKept() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published()
        for (patch, pointer) in [
            (#"{"properties":{"title":null}}"#, "/properties/title"), (#"{"state":"pending"}"#, "/state"),
            (#"{"properties":{"inconnu":1}}"#, "/properties/inconnu"), ("[]", ""),
            (#"{"properties":[]}"#, "/properties"), (#"{"properties":{"consent":false}}"#, "/properties/consent"),
            (#"{"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}}"#, "/geometry/type"),
        ] {
            let error = await #expect(throws: SubmissionError.self, "\(patch)") {
                try await workshop.change(given.receipt, patch)
            }
            guard case .faults(let faults)? = error else { continue }
            #expect(faults.map(\.pointer) == [pointer], "\(patch)")
        }
        #expect(try workshop.own(given.receipt).revision == 1)
        #expect(try workshop.titles() == ["Le bal"])
    }
}
