import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// RG7: what is withdrawn is in no byte of the store.
@Suite struct ErasureTests {
    /// Words that are nowhere else, as they were written and as the index of words has them.
    private static let words = [
        "Zébrulon", "zebrulon", "Quintaphore", "quintaphore", "Xylofrage", "xylofrage", "wyzcorne",
    ]

    /// Another process reads the files, so that nothing of ours stands between it and the disk.
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

    private func participation(_ fabrique: Fabrique) -> Participation {
        Participation(layers: fabrique.server.layers, localTime: .paris)
    }

    /// Contributes, changes and publishes among others, so that pages are shared and merged.
    private func contribute(_ fabrique: Fabrique) async throws -> Fabrique.Given {
        for number in 0..<20 {
            _ = try await fabrique.published(Fabrique.body(title: "Voisin \(number)", at: (2.6, 48.7)))
        }
        let given = try await fabrique.published(
            Fabrique.body(
                title: "Zébrulon", text: "Le Quintaphore", more: #","author":"Xylofrage","theme":["wyzcorne"]"#))
        try await fabrique.decide("coarsen", given, more: #","precision":"wide","reasons":"Xylofrage""#)
        _ = try await fabrique.send(
            .patch, given.address, #"{"properties":{"text":"Xylofrage encore"}}"#, given.bearer)
        for number in 0..<20 {
            _ = try await fabrique.published(Fabrique.body(title: "Autre \(number)", at: (2.6, 48.7)))
        }
        return given
    }

    @Test func whatIsWithdrawnIsInNoByteOfTheStore() async throws {
        try await withFabrique { fabrique in
            let path = fabrique.temporary.path
            let given = try await contribute(fabrique)
            // Everywhere but in the tile of the whole world, where it is one of a cluster.
            #expect(try await fabrique.places(showing: "Zébrulon").count == 9)
            #expect(try found(besides: path).count >= 5, "the scan would find what is there")
            #expect(try await fabrique.send(.delete, given.address, nil, given.bearer).status == .noContent)
            #expect(try await fabrique.places(showing: "Zébrulon").isEmpty)
            #expect(try !found(besides: path).isEmpty, "without scrubbing, traces are left")
            try await participation(fabrique).scrub()
            #expect(try found(besides: path) == [])
            #expect(try found(["Voisin", "voisin"], besides: path).count == 2, "what others gave is all there")
            #expect(try fabrique.temporary.store.check().isSound)
        }
    }

    @Test func anExactPositionThatWasCoarsenedIsInNoByteEither() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published(Fabrique.body(more: #","precision":"exact""#))
            #expect(try found(["2.3795,48.868"], besides: fabrique.temporary.path).count == 1)
            _ = try await fabrique.send(
                .patch, given.address, #"{"properties":{"precision":"wide"}}"#, given.bearer)
            try await participation(fabrique).scrub()
            #expect(try found(["2.3795,48.868"], besides: fabrique.temporary.path) == [])
        }
    }

    @Test func whatHasExpiredIsScrubbedByItself() async throws {
        try await withFabrique(layer: {
            $0.retention = 1
            $0.review = .after
        }) { fabrique in
            _ = try await fabrique.contribute(Fabrique.body(title: "Zébrulon"))
            #expect(try !found(besides: fabrique.temporary.path).isEmpty)
            fabrique.clock.advance(86_401)
            #expect(try await fabrique.places(showing: "Zébrulon").isEmpty)
            // Within the pause between two looks of the upkeep.
            for _ in 0..<150 where try !found(besides: fabrique.temporary.path).isEmpty {
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(try found(besides: fabrique.temporary.path) == [])
        }
    }
}
