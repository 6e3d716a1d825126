import Contributions
import MapFormats
import MapGeometry
import SpatialDatabase
import TestSupport
import Testing

@testable import Curation

@Suite struct ContributingTests {
    @Test func whatWaitsIsNowhereToBeSeen() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.contribute(Workshop.submission(title: "Kaléidoscope"))
        #expect(given.state == .pending)
        #expect(given.shows.cell?.name == "CRS3035RES200mN2890400E3762800")
        #expect(try workshop.shown().isEmpty)
        #expect(try workshop.found("kaleidoscope") == 0)
        #expect(try workshop.feed().isEmpty)
        #expect(try workshop.own(given.receipt).state == .pending)
        #expect(try workshop.participation.queue(of: workshop.layer, after: nil, limit: 10).count == 1)
        #expect(try workshop.store.check().isSound)
    }

    @Test func publishingShowsTheCellInEveryIndex() async throws {
        let workshop = try await Workshop()
        let given = try await workshop.published(Workshop.submission(title: "Kaléidoscope"))
        let feature = try #require(try workshop.shown()[given.identifier.bits])
        #expect(feature["properties"]?["precision_m"] == 200)
        #expect(feature["properties"]?["month"] == "2026-11")
        #expect(feature["geometry"]?["type"] == "Polygon")
        #expect(try workshop.found("kaleidoscope") == 1)
        #expect(try workshop.feed() == ["added \(given.identifier)"])
        #expect(try workshop.participation.queue(of: workshop.layer, after: nil, limit: 10).isEmpty)
        #expect(try workshop.store.check().isSound)
    }

    @Test func aLayerReviewedAfterShowsAtOnce() async throws {
        let workshop = try await Workshop { $0.review = .after }
        let given = try await workshop.contribute()
        #expect(given.state == .published)
        #expect(try workshop.titles() == ["Le bal"])
    }

    @Test func theSameSentAgainIsAnsweredAsTheFirstTimeWithANewReceipt() async throws {
        let workshop = try await Workshop()
        let key = "0123456789abcdef"
        let first = try await workshop.contribute(key: key)
        let inTheSameCell = Workshop.submission(at: place(2.3801, 48.8675))
        let again = try await workshop.contribute(inTheSameCell, key: key, at: Workshop.noon + 86_399)
        #expect(again.identifier == first.identifier && again.receipt != first.receipt)
        #expect(again.shows == first.shows)
        #expect(throws: CurationError.unknownContribution) { try workshop.participation.open(first.receipt.token) }
        #expect(throws: CurationError.unknownContribution) { try workshop.participation.open(first.receipt.code) }
        #expect(try workshop.own(again.receipt).identifier == first.identifier)
        #expect(try workshop.participation.open(again.receipt.code).identifier == first.identifier)
        #expect(try workshop.participation.queue(of: workshop.layer, after: nil, limit: 10).count == 1)
    }

    @Test func theSameKeyWithAnotherBodyIsRefused() async throws {
        let workshop = try await Workshop()
        let key = "0123456789abcdef"
        let first = try await workshop.contribute(key: key)
        var licensed = Workshop.submission()
        licensed.allowsPartners = true
        for other in [
            Workshop.submission(title: "Le balcon"), Workshop.submission(at: Workshop.elsewhere),
            Workshop.submission(.wide), licensed,
        ] {
            await #expect(throws: CurationError.keyReused) { try await workshop.contribute(other, key: key) }
        }
        #expect(try workshop.own(first.receipt).identifier == first.identifier)
        // A day later, nobody remembers the key.
        let later = try await workshop.contribute(
            Workshop.submission(title: "Le balcon"), key: key, at: Workshop.noon + 86_400)
        #expect(later.identifier != first.identifier)
    }

    @Test func everythingAgreedToIsProvedAndTakenBackByItself() async throws {
        let workshop = try await Workshop()
        var submission = Workshop.submission()
        submission.allowsPartners = true
        let given = try await workshop.contribute(submission)
        let version = ConsentText.text(in: .french).version
        func proofs() throws -> [ConsentProof] { try workshop.own(given.receipt).consents }
        let noon = Workshop.noon
        #expect(
            try proofs() == [
                ConsentProof(purpose: "publish", textVersion: version, givenAt: noon, withdrawnAt: nil),
                ConsentProof(purpose: "partners", textVersion: version, givenAt: noon, withdrawnAt: nil),
            ])
        try await workshop.change(given.receipt, #"{"properties":{"title":"Le grand bal"}}"#, at: noon + 1)
        #expect(try proofs().count == 2)
        try await workshop.change(given.receipt, #"{"properties":{"consents":{"partners":false}}}"#, at: noon + 2)
        #expect(try proofs()[1].withdrawnAt == noon + 2)
        try await workshop.change(
            given.receipt, #"{"properties":{"consents":{"partners":true,"licence":"CC-BY-4.0"}}}"#, at: noon + 3)
        #expect(
            try proofs()[2...] == [
                ConsentProof(purpose: "partners", textVersion: version, givenAt: noon + 3, withdrawnAt: nil),
                ConsentProof(purpose: "licence", textVersion: version, givenAt: noon + 3, withdrawnAt: nil),
            ])
        let handle = try workshop.participation.open(given.receipt.token).handle
        try await workshop.withdraw(given.receipt, at: noon + 4)
        let left = try workshop.store.read { try $0.consents(of: handle) }
        #expect(left.count == 4 && left.allSatisfy { $0.withdrawnAt != nil })
    }

    @Test func aLicenceThatWasGivenStays() async throws {
        let workshop = try await Workshop()
        var submission = Workshop.submission()
        submission.licence = "CC-BY-4.0"
        let given = try await workshop.published(submission)
        let fixed = SubmissionError.faults([.init("/properties/consents/licence", .fixedLicence)])
        for patch in [
            #"{"properties":{"consents":{"licence":null}}}"#, #"{"properties":{"consents":{"licence":"CC0-1.0"}}}"#,
        ] {
            await #expect(throws: fixed) { try await workshop.change(given.receipt, patch) }
        }
        let after = try await workshop.change(given.receipt, #"{"properties":{"title":"Le grand bal"}}"#)
        #expect(after.latest.licence == "CC-BY-4.0" && after.latest.title == "Le grand bal")
    }

    @Test func invitationsOpenTheLayerThatTheyAreFor() async throws {
        let workshop = try await Workshop { $0.contributors = .invited }
        var generator = SeededGenerator(seed: 81)
        let (code, other) = (PaperCode.random(using: &generator), PaperCode.random(using: &generator))
        let identifier = try await workshop.store.invite(code: code.text, to: "fabrique", at: Workshop.noon)
        try await workshop.store.write { try $0.create(Layer(identifier: try LayerIdentifier("autre"))) }
        _ = try await workshop.store.invite(code: other.text, to: "autre", at: Workshop.noon)
        for wrong in [nil, other] {
            var submission = Workshop.submission()
            submission.invitation = wrong
            await #expect(throws: CurationError.invitationNeeded) { try await workshop.contribute(submission) }
        }
        var invited = Workshop.submission()
        invited.invitation = code
        #expect(try await workshop.contribute(invited).state == .pending)
        try await workshop.store.revokeInvitation(identifier.description, at: Workshop.noon)
        await #expect(throws: CurationError.invitationNeeded) { try await workshop.contribute(invited) }
        #expect(try workshop.participation.queue(of: workshop.layer, after: nil, limit: 10).count == 1)
    }

    @Test func aLayerTakesContributionsFromItsFirstSecondToItsLast() async throws {
        let workshop = try await Workshop {
            $0.opens = try ExtendedDate("2027-03-28")
            $0.closes = try ExtendedDate("2027-03-28")
        }
        let (opens, closed) = (1_806_188_400, 1_806_271_200) as (Int64, Int64)
        await #expect(throws: CurationError.notOpenYet(opens: opens, day: "2027-03-28")) {
            try await workshop.contribute(at: opens - 1)
        }
        _ = try await workshop.contribute(at: opens)
        _ = try await workshop.contribute(key: "0123456789abcdef", at: closed - 1)
        await #expect(throws: CurationError.closed(since: closed)) { try await workshop.contribute(at: closed) }
        // Who has lost the answer gets it again, even now.
        _ = try await workshop.contribute(key: "0123456789abcdef", at: closed)
        #expect(try workshop.participation.queue(of: workshop.layer, after: nil, limit: 10).count == 2)
    }

    @Test func nothingIsKeptOfWhatIsRefused() async throws {
        let workshop = try await Workshop {
            $0.finestPrecision = .about
            $0.kinds = [.memory]
            $0.themes = ["fête"]
            $0.languages = ["fr"]
        }
        var submission = Workshop.submission(.exact)
        submission.kind = .place
        submission.themes = ["guerre"]
        submission.language = "en"
        let refused = await #expect(throws: SubmissionError.self) { try await workshop.contribute(submission) }
        guard case .faults(let faults)? = refused else { return }
        #expect(
            Set(faults.map(\.pointer)) == [
                "/properties/kind", "/properties/theme", "/properties/lang", "/properties/precision",
            ])
        #expect(try workshop.participation.queue(of: workshop.layer, after: nil, limit: 10).isEmpty)
    }
}
