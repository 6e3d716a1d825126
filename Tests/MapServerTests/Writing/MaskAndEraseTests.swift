import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// What a curator masks or erases is in no byte of the store's files, and its author learns why.
@Suite struct MaskAndEraseTests {
    private static let words = ["Quintaphore", "quintaphore"]

    /// Which of the words stand in the store's files, read by another process, since an open file is read by SQLite alone.
    private func found(_ words: [String] = words, besides path: String) throws -> [String] {
        try words.filter { word in
            let grep = Process()
            grep.executableURL = URL(fileURLWithPath: "/bin/grep")
            grep.arguments =
                ["-q", "-a", "-F", "-e", word]
                + ["", "-wal", "-shm"].map { path + $0 }.filter(FileManager.default.fileExists)
            try grep.run()
            grep.waitUntilExit()
            return grep.terminationStatus == 0
        }
    }

    private func scrub(_ fabrique: Fabrique) async throws {
        try await Participation(layers: fabrique.server.layers, localTime: .paris).scrub()
    }

    /// Published, changed, asked and answered, with the word everywhere that people can write one.
    private func given(_ fabrique: Fabrique) async throws -> Fabrique.Given {
        for number in 0..<20 {
            _ = try await fabrique.published(Fabrique.body(title: "Voisin \(number)", at: (2.6, 48.7)))
        }
        let given = try await fabrique.published(
            Fabrique.body(
                title: "Chez Quintaphore", text: "Le Quintaphore et Quintaphore.",
                more: #","author":"Quintaphore","theme":["Quintaphore"]"#))
        _ = try await fabrique.send(
            .patch, given.address, #"{"properties":{"text":"Quintaphore encore"}}"#, given.bearer)
        _ = try await fabrique.decide(
            given.identifier, #"{"decision":"ask","reasons":"Raison Quintaphore","question":"Qui est Quintaphore ?"}"#)
        _ = try await fabrique.send(.patch, given.address, #"{"answer":"Quintaphore, c’est moi."}"#, given.bearer)
        return given
    }

    @Test func aWordThatIsMaskedIsMaskedInEveryVersionAndInEveryByte() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let path = fabrique.temporary.path
            let given = try await given(fabrique)
            #expect(try await fabrique.places(showing: "Quintaphore").count >= 9)
            #expect(try found(besides: path).count == 2, "the scan would find what is there")
            let revision = try #require(try await fabrique.queue().first?["revision"]?.integer)
            let masked = try await fabrique.decide(
                given.identifier,
                #"{"decision":"mask","reasons":"Un nom.","revision":\#(revision),"words":["Quintaphore"]}"#)
            #expect(masked.status == .ok, "\(masked.text)")
            // Of what is public at once, whatever waits beside.
            let shown = try await fabrique.server.json(given.address)
            #expect(shown["properties"]?["title"] == "Chez […]")
            #expect(shown["properties"]?["text"] == "Le […] et […]." && shown["properties"]?["author"] == "[…]")
            #expect(try await fabrique.places(showing: "Quintaphore").filter { !$0.contains("?q=") }.isEmpty)
            #expect(try await fabrique.server.features("\(Fabrique.items)?q=quintaphore").isEmpty)
            let entry = try #require(try await fabrique.queue().first)
            #expect(entry["feature"]?["properties"]?["text"] == "[…] encore")
            #expect(entry["question"] == "Qui est […] ?" && entry["answer"] == "[…], c’est moi.")
            try await scrub(fabrique)
            #expect(try found(besides: path) == [])
            #expect(try found(["Voisin"], besides: path).count == 1, "what others gave is all there")
            #expect(try fabrique.temporary.store.check().isSound)
        }
    }

    @Test func whatIsErasedLeavesAReasonAndNothingElse() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let path = fabrique.temporary.path
            let given = try await given(fabrique)
            let erased = try await fabrique.decide(
                given.identifier, #"{"decision":"erase","reasons":"Une personne y est nommée.","ground":"law"}"#)
            #expect(erased.status == .ok && erased.text.contains(#""state":"erased""#))
            #expect(try await fabrique.server.get(given.address).status == .notFound)
            try await scrub(fabrique)
            #expect(try found(besides: path) == [])
            for table in ["inquiry", "proposal", "receipt WHERE contribution NOT IN (SELECT number FROM contribution)"]
            {
                #expect(try fabrique.count(table) == 0, "\(table)")
            }
            // Its receipt opens nothing and says why.
            let own = try await fabrique.server.get(given.address, given.bearer)
            let replies = [
                own, try await fabrique.server.get(given.address + "/mine", given.bearer),
                try await fabrique.send(.patch, given.address, "{}", given.bearer),
                try await fabrique.send(.put, given.address, Fabrique.body(), given.bearer),
                try await fabrique.send(.post, "/receipts", #"{"code":"\#(given.code)"}"#),
                try await fabrique.send(.post, "/receipts", #"{"token":"\#(given.token)"}"#),
            ]
            for reply in replies {
                #expect(reply.status == .gone && reply.code == "Erased", "\(reply.text)")
                #expect(reply.headers[.cacheControl] == "private, no-store")
                let statement = try #require(try JSONParser.parse(reply.bytes)["decisions"]?.array?.first)
                #expect(statement["reasons"] == "Une personne y est nommée." && statement["ground"] == "law")
                #expect(statement["measure"]?.text?.isEmpty == false && statement["automated"] == false)
                #expect(statement["contest"]?["detail"]?.text?.isEmpty == false)
            }
            #expect(
                try await fabrique.server.get("\(Fabrique.items)/\(Sample.identifier(7))", given.bearer).status
                    == .notFound)
            let other = try await fabrique.contribute()
            #expect(try await fabrique.server.get(given.address, other.bearer).status == .notFound)
            #expect(try await fabrique.decide("erase", given).status == .notFound, "once is enough")
            // Read and put away.
            #expect(try await fabrique.send(.delete, given.address, nil, given.bearer).status == .noContent)
            #expect(try fabrique.count("erasure_notice") == 0)
            #expect(try await fabrique.server.get(given.address, given.bearer).status == .notFound)
            #expect(try fabrique.temporary.store.check().isSound)
        }
    }

    @Test func aNoticeIsForgottenAfterAYear() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.contribute()
            try await fabrique.decide("erase", given)
            let participation = Participation(layers: fabrique.server.layers, localTime: .paris)
            try await participation.retain(at: Fabrique.noon + 365 * 86_400)
            #expect(try await fabrique.server.get(given.address, given.bearer).status == .gone)
            #expect(try await participation.retain(at: Fabrique.noon + 365 * 86_400 + 1))
            #expect(try await fabrique.server.get(given.address, given.bearer).status == .notFound)
        }
    }

    @Test func whatIsWithdrawnTakesItsQuestionsAndAnswersAlong() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await given(fabrique)
            #expect(try await fabrique.send(.delete, given.address, nil, given.bearer).status == .noContent)
            try await scrub(fabrique)
            #expect(try found(besides: fabrique.temporary.path) == [])
            #expect(try fabrique.count("inquiry") == 0 && fabrique.count("erasure_notice") == 0)
        }
    }

    @Test func theUpkeepScrubsByItself() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.published(Fabrique.body(title: "Quintaphore"))
            try await fabrique.decide("erase", given)
            for _ in 0..<150 where try !found(besides: fabrique.temporary.path).isEmpty {
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(try found(besides: fabrique.temporary.path) == [])
        }
    }
}
