import Contributions
import Curation
import Foundation
import Synchronization
import Testing

@testable import MapServer

/// Whole files that are kept: made once, in a row, and never longer than they may be.
@Suite struct ExportShelfTests {
    private let root = FileManager.default.temporaryDirectory.appendingPathComponent("shelf-\(UUID().uuidString)").path

    /// What a file was made for, in order, and how many were in the making at once.
    private final class Workshop: Sendable {
        private let state = Mutex<(made: [String], now: Int, most: Int)>(([], 0, 0))

        var made: [String] { state.withLock { $0.made } }
        var most: Int { state.withLock { $0.most } }

        func make(_ name: String, _ size: Int, in folder: String, taking time: Duration = .zero) async throws -> String
        {
            state.withLock { $0 = ($0.made + [name], $0.now + 1, max($0.most, $0.now + 1)) }
            try await Task.sleep(for: time)
            state.withLock { $0.now -= 1 }
            let path = "\(folder)/file"
            try Data(repeating: 7, count: size).write(to: URL(fileURLWithPath: path))
            return path
        }
    }

    private static func question(_ conditions: String = "") throws -> ExportShelf.Question {
        .init(layer: try LayerIdentifier("quartier"), format: .pmtiles, conditions: conditions)
    }

    private var kept: Int { (try? FileManager.default.contentsOfDirectory(atPath: root).count) ?? 0 }

    @Test("Who asks for the same waits for the same, and nothing is made twice")
    func nothingIsMadeTwice() async throws {
        let (shelf, workshop) = (ExportShelf(root: root), Workshop())
        let question = try Self.question()
        let asked = (0..<20).map { _ in
            Task {
                try await shelf.file(question, tag: 1) {
                    try await workshop.make("one", 5, in: $0, taking: .milliseconds(30))
                }.size
            }
        }
        for task in asked { #expect(try await task.value == 5) }
        #expect(workshop.made == ["one"] && kept == 1)
        _ = try await shelf.file(question, tag: 2) { try await workshop.make("two", 6, in: $0) }
        #expect(workshop.made == ["one", "two"] && kept == 1, "the file of another content has taken its place")
        await shelf.close()
        #expect(!FileManager.default.fileExists(atPath: root))
    }

    @Test("Files are made one after the other, and who comes when too many wait is turned away")
    func fewWait() async throws {
        let (shelf, workshop) = (ExportShelf(root: root), Workshop())
        let asked = try (0..<12).map { number in
            let question = try Self.question("\(number)")
            return Task {
                try await shelf.file(question, tag: 1) {
                    try await workshop.make("\(number)", 1, in: $0, taking: .milliseconds(20))
                }
            }
        }
        var refused = 0
        for task in asked {
            do {
                _ = try await task.value
            } catch {
                #expect(error as? WebError == .exportsBusy(seconds: ExportShelf.patience))
                refused += 1
            }
        }
        #expect(workshop.most == 1 && refused > 0 && workshop.made.count == 12 - refused)
        #expect(workshop.made.count >= ExportShelf.mostWaiting)
        await shelf.close()
    }

    @Test("The disk that files take is bounded: what was asked for longest ago goes first")
    func theDiskIsBounded() async throws {
        let (shelf, workshop) = (ExportShelf(root: root, capacity: 25), Workshop())
        for name in ["a", "b", "a", "c", "a", "c", "b"] {
            _ = try await shelf.file(try Self.question(name), tag: 1) { try await workshop.make(name, 10, in: $0) }
            #expect(kept <= 2)
        }
        #expect(workshop.made == ["a", "b", "c", "b"])
        await shelf.close()
    }

    @Test("What was begun before something was erased is not kept, and nothing is left of what failed")
    func whatIsErasedIsForgotten() async throws {
        let (shelf, workshop) = (ExportShelf(root: root), Workshop())
        let file = try await shelf.file(try Self.question(), tag: 1) { folder in
            await shelf.forgetAll()
            return try await workshop.make("one", 3, in: folder)
        }
        #expect(file.size == 3 && kept == 0)
        #expect(try file.bytes(from: 0, count: 3) == [7, 7, 7], "who was promised it still reads it")
        await #expect(throws: ExportError.tooManyTiles) {
            _ = try await shelf.file(try Self.question(), tag: 1) { folder in
                _ = try await workshop.make("two", 3, in: folder)
                throw ExportError.tooManyTiles
            }
        }
        #expect(kept == 0)
        await shelf.close()
    }
}
