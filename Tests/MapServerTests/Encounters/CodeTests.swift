import Contributions
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// Codes on walls: made, stolen, replaced, retired, guessed.
@Suite struct CodeTests {
    @Test func aReplacedCodeIsDeadAtOnceAndTheNewOneOpens() async throws {
        try await withFabrique { fabrique in
            let wall = try await fabrique.wall()
            #expect(wall.code.count == 14 && PaperCode(wall.code) != nil)
            #expect(try await fabrique.arrive(wall).status == .ok)
            let answer = try await fabrique.send(
                .post, "\(wall.codes)/\(wall.identifier)/reissue", nil, fabrique.asCurator)
            let document = try JSONParser.parse(answer.bytes)
            let new = try #require(document["code"]?.text)
            #expect(answer.status == .ok && document["id"]?.text == wall.identifier && document["label"] == "porte")
            #expect(document["link"]?.text?.hasSuffix("/e/\(new)") == true)
            #expect(try await fabrique.arrive(wall).status == .notFound)
            #expect(try await fabrique.server.get("/e/\(new)").status == .ok)
            let other = try await fabrique.issue(for: wall.point, label: "fenêtre")
            let listed = try await fabrique.send(.get, wall.codes, nil, fabrique.asCurator)
            let labels = try JSONParser.parse(listed.bytes)["codes"]?.array?.compactMap { $0["label"]?.text }
            #expect(labels?.sorted() == ["fenêtre", "porte"] && !listed.text.contains(other.code))
            let retired = try await fabrique.send(
                .delete, "\(wall.codes)/\(other.identifier)", nil, fabrique.asCurator)
            #expect(retired.status == .noContent)
            #expect(try await fabrique.arrive(other).status == .notFound)
            let again = try await fabrique.send(
                .delete, "\(wall.codes)/\(other.identifier)", nil, fabrique.asCurator)
            #expect(again.status == .notFound)
            #expect(
                try fabrique.temporary.store.journal().map(\.act).suffix(4)
                    == ["issue code", "reissue code", "issue code", "retire code"])
            for code in [wall.code, new] {
                #expect(try fabrique.temporary.store.journal().allSatisfy { !$0.detail.contains(code) })
            }
        }
    }

    @Test func whatOpensNothingIsAnsweredAlikeWhateverTheReason() async throws {
        try await withFabrique { fabrique in
            let (replaced, retired) = (try await fabrique.wall(), try await fabrique.wall())
            let (hidden, withdrawn) = (try await fabrique.wall(), try await fabrique.wall())
            let pending = try await fabrique.issue(for: try await fabrique.contribute(Fabrique.pointBody()))
            _ = try await fabrique.send(
                .post, "\(replaced.codes)/\(replaced.identifier)/reissue", nil, fabrique.asCurator)
            _ = try await fabrique.send(.delete, "\(retired.codes)/\(retired.identifier)", nil, fabrique.asCurator)
            try await fabrique.decide("hide", hidden.point)
            _ = try await fabrique.send(.delete, withdrawn.point.address, nil, withdrawn.point.bearer)
            let walls = [replaced, retired, hidden, withdrawn, pending].map(\.code)
            for accept in ["application/json", "text/html"] {
                fabrique.clock.advance(3_600)
                var answers: Set<String> = []
                for code in walls + ["7K3M-0QXA-T9ZD", "nothing"] {
                    let answer = try await fabrique.server.get("/e/\(code)", [.accept: accept])
                    #expect(answer.status == .notFound)
                    let fields = answer.headers.filter { $0.name != .date }.map { "\($0)" }.sorted()
                    answers.insert(answer.text + fields.joined())
                }
                #expect(answers.count == 1, "\(answers)")
            }
            fabrique.clock.advance(3_600)
            var refusals: Set<String> = []
            for code in walls + ["7K3M-0QXA-T9ZD"] {
                let refused = try await fabrique.post(from: code)
                #expect(refused.status == .notFound && refused.code == "UnknownCode")
                refusals.insert(refused.text)
            }
            #expect(refusals.count == 1)
            try await fabrique.decide("publish", hidden.point)
            try await fabrique.decide("publish", pending.point)
            #expect(try await fabrique.arrive(hidden).status == .ok)
            #expect(try await fabrique.arrive(pending).status == .ok)
        }
    }

    @Test func aThousandGuessesComeToNothingAndNobodyIsLockedOutForEver() async throws {
        try await withFabrique { fabrique in
            let wall = try await fabrique.wall()
            var generator = SystemRandomNumberGenerator()
            var statuses: [Int: Int] = [:]
            for _ in 0..<1_000 {
                let guess = PaperCode.random(using: &generator).text
                statuses[try await fabrique.server.get("/e/\(guess)").status.code, default: 0] += 1
            }
            #expect(statuses == [404: 10, 429: 990])
            let refused = try await fabrique.arrive(wall)
            #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "360")
            let page = try await fabrique.arrive(wall, [.accept: "text/html"])
            #expect(page.status == .tooManyRequests && page.text.contains("Trop d’essais"))
            #expect(try await fabrique.post(from: wall.code).status == .tooManyRequests)
            // Who guesses keeps nobody from their receipt, and nobody from contributing without a code.
            let given = try await fabrique.contribute()
            #expect(try await fabrique.send(.post, "/receipts", #"{"code":"\#(given.code)"}"#).status == .ok)
            fabrique.clock.advance(360)
            for _ in 0..<30 { #expect(try await fabrique.arrive(wall).status == .ok, "right codes cost nothing") }
        }
    }

    @Test func noReceiptAndNoInvitationIsACodeOfAWall() async throws {
        try await withFabrique { fabrique in
            let wall = try await fabrique.wall()
            #expect(try await fabrique.server.get("/e/\(wall.point.code)").status == .notFound)
            #expect(try await fabrique.send(.post, "/receipts", #"{"code":"\#(wall.code)"}"#).status == .notFound)
        }
    }
}
