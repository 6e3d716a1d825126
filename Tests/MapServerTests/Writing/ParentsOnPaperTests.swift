import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// Agreements of parents that a group leader holds on paper, and what `lieudit check` finds where one is missing.
@Suite struct ParentsOnPaperTests {
    private static let child = #","age_band":"under-15""#

    @Test func aClassContributesThroughOneInvitationWhoseLeaderHasThePapers() async throws {
        var configuration = MapServerConfiguration(port: 0)
        configuration.allowsParentsOnPaper = true
        try await withFabrique(
            configuration: configuration, writesPerMinute: 5, layer: { $0.contributors = .invited }
        ) { fabrique in
            let code = "7K3M-0QXA-T9ZD"
            _ = try await fabrique.temporary.store.invite(
                code: code, to: "fabrique", parentsOnPaper: true, isPaperAllowed: true, at: Fabrique.noon)
            for number in 0..<25 {
                let given = try await fabrique.contribute(
                    Fabrique.body(title: "Élève \(number)", more: Self.child + #","invitation":"\#(code)""#))
                #expect(given.document["state"] == "pending" && given.document["parent"] == nil)
                #expect(given.document["shows"]?["precision"] == "wide")
                if number == 0 { #expect(try await fabrique.decide("publish", given).status == .ok) }
            }
            let signed = try await fabrique.post(
                Fabrique.body(more: Self.child + #","author":"Léa","invitation":"\#(code)""#))
            #expect(signed.status == .unprocessableContent)
            #expect(try await fabrique.server.features(Fabrique.items).count == 1)
            #expect(
                try fabrique.temporary.store.journal().contains { $0.detail.contains("attested on paper") })
            #expect(try fabrique.temporary.store.check().isSound)
        }
    }

    @Test func withoutTheSettingNobodysWordIsTaken() async throws {
        try await withFabrique { fabrique in
            let store = fabrique.temporary.store
            await #expect(throws: CurationError.parentsOnPaperNotAllowed) {
                try await store.invite(
                    code: "7K3M-0QXA-T9ZD", to: "fabrique", parentsOnPaper: true, at: Fabrique.noon)
            }
            // Allowed once, and not any more.
            _ = try await store.invite(
                code: "7K3M-0QXA-T9ZD", to: "fabrique", parentsOnPaper: true, isPaperAllowed: true, at: Fabrique.noon)
            let child = try await fabrique.contribute(
                Fabrique.body(more: Self.child + #","invitation":"7K3M-0QXA-T9ZD""#))
            #expect(child.document["state"] == "awaiting-parent")
        }
    }

    @Test func theCheckFindsWhatNoParentHasAgreedTo() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let child = try await fabrique.contribute(Fabrique.body(more: Self.child))
            let code = try #require(child.document["parent"]?["code"]?.text)
            #expect(try await fabrique.send(.post, "/parents/\(code)", #"{"agree":true}"#).status == .ok)
            let store = fabrique.temporary.store
            #expect(try store.check().isSound)
            for (damage, repair, subject) in [
                (
                    "UPDATE consent SET withdrawn_at = 1 WHERE purpose = 'parent'",
                    "UPDATE consent SET withdrawn_at = NULL", "published of somebody under 15"
                ),
                (
                    "UPDATE parent_agreement SET answer_by = 9, agreed_at = NULL, agreed_revision = NULL",
                    "UPDATE parent_agreement SET answer_by = NULL, agreed_at = 1, agreed_revision = 1",
                    "published of somebody under 15"
                ),
                (
                    "UPDATE contribution SET author = 'Léa'", "UPDATE contribution SET author = NULL",
                    "given by somebody under 15"
                ),
            ] {
                try fabrique.temporary.tamper(damage)
                let findings = try store.check().findings.filter { $0.severity == .wrong }
                #expect(findings.count == 1 && findings.first?.subject.hasPrefix(subject) == true, "\(findings)")
                try fabrique.temporary.tamper(repair)
            }
            #expect(try store.check().isSound)
        }
    }
}
