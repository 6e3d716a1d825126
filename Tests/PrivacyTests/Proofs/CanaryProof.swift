import Contributions
import Curation
import Foundation
import HTTPTypes
import Logging
import MapGeometry
import NIOCore
import Synchronization

@testable import MapServer

/// True places as marked notes: is their number anywhere, in digits or as the bytes of a double?
struct CanaryProof {
    let story: Story
    var isMeant: @Sendable (Route) -> Bool = { _ in true }

    struct Outcome {
        /// Where some true place was found that shows as a cell or not at all.
        var hits: [String] = []
        /// How many forms of true places were looked for.
        var forms = 0
        /// Bytes that were looked through.
        var bytes = 0
        /// Of places that are meant to be seen, in the store: that the looking works.
        var exactInStore = 0
    }

    func outcome() async throws -> Outcome {
        let result = Kept<Outcome>()
        let log = KeptLog()
        var logger = Logger(label: "canary") { _ in log }
        logger.logLevel = .trace
        let story = story
        try await World.with(logger: logger) { world in
            var teller = Storyteller(story, in: world)
            try await teller.tellBeginning()
            try await teller.tellEnd()
            let watch = CanaryWatch(story)
            let curiosity = Curiosity(
                story, teller.known, layers: world.layers.all.map(\.identifier.text), asksAboutPlaces: false)
            _ = try await Crawl.of(world, curiosity, where: isMeant) { request, answer in
                watch.look(request.description, answer.body + Array(answer.headers.joined().utf8))
            }
            for (address, answer) in try await ownAnswers(of: world, teller) { watch.look(address, answer) }
            watch.look("the log", Array(log.text.utf8))
            let store = try Self.readByAnotherProcess(world.folder)
            watch.look("the store", store)
            let exact = story.gifts.filter { $0.precision == .exact && $0.fate.isPublic }
            var outcome = watch.outcome
            outcome.exactInStore = exact.filter { MarkSearch($0.pin.marks).findsAny(in: store) }.count
            result.value = outcome
        }
        return try result.require()
    }

    /// What authors and curators are told, who do not get the true place back either.
    private func ownAnswers(of world: World, _ teller: Storyteller) async throws -> [(String, [UInt8])] {
        var answers: [(String, [UInt8])] = []
        for gift in story.gifts {
            guard let held = teller.known[gift.number] else { continue }
            for end in ["", "/mine", "/mine?f=geojson"] {
                let address = "/collections/\(gift.layer)/items/\(held.identifier)\(end)"
                let answer = try await world.send(.get, address, bearer: held.token)
                answers.append((address, Array(buffer: answer.body)))
            }
        }
        let queue = "/moderation/memoires/queue?limit=10000"
        answers.append((queue, Array(buffer: try await world.send(.get, queue, bearer: world.token).body)))
        return answers
    }

    /// Another process, since a file of SQLite's that its own process closes loses its locks.
    private static func readByAnotherProcess(_ folder: URL) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "cat \"$0\"/store*", folder.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(data)
    }
}

/// Keeps every line that is logged, whatever its level.
private final class KeptLog: LogHandler {
    private let lines = Mutex<[String]>([])

    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    // What a handler must have; each line has its own, and none is dropped.
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
    }
}
