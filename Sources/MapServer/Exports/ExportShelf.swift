import Contributions
import Curation
import Foundation

/// Files that were made of layers, kept until the layer is another or room is needed.
///
/// Making one takes seconds and disk: they are made one after the other, whoever asks for the same waits for the same,
/// and who comes when too many wait is asked to come back.
actor ExportShelf {
    struct Question: Hashable, Sendable {
        let layer: LayerIdentifier
        let format: FileFormat
        /// The conditions, as they stand in an address.
        let conditions: String
    }

    private struct Entry {
        let folder: String
        let file: KeptFile
        let tag: UInt64
        var turn: Int
    }

    private struct Making {
        let tag: UInt64
        let task: Task<KeptFile, any Error>
    }

    /// Bytes on the disk at most, but for the one file that is larger.
    private let capacity: Int
    private let root: String
    private var entries: [Question: Entry] = [:]
    private var making: [Question: Making] = [:]
    /// The end of the row in which they are made.
    private var last: Task<Void, Never>?
    private var waiting = 0
    private var turn = 0
    /// Raised when something was erased: what was begun before is given to who waits for it and not kept.
    private var epoch = 0

    static let mostWaiting = 4
    /// What somebody is told to wait who is turned away.
    static let patience = 30

    /// - Parameters:
    ///   - root: a folder, which need not be there.
    ///   - capacity: bytes.
    init(root: String, capacity: Int = 1 << 30) {
        self.root = root
        self.capacity = capacity
    }

    /// The file that answers a question, made now if it is not there.
    /// - Parameters:
    ///   - tag: the validator of what it holds.
    ///   - make: writes it in a folder where nothing else is and answers with its path.
    /// - Throws: `WebError.exportsBusy`; what `make` throws.
    func file(
        _ question: Question, tag: UInt64, make: @escaping @Sendable (String) async throws -> String
    ) async throws -> KeptFile {
        if let entry = entries[question], entry.tag == tag {
            turn += 1
            entries[question]?.turn = turn
            return entry.file
        }
        if let making = making[question], making.tag == tag { return try await making.task.value }
        guard waiting < Self.mostWaiting else { throw WebError.exportsBusy(seconds: Self.patience) }
        let task = begin(question, tag: tag, make)
        making[question] = Making(tag: tag, task: task)
        return try await task.value
    }

    private func begin(
        _ question: Question, tag: UInt64, _ make: @escaping @Sendable (String) async throws -> String
    ) -> Task<KeptFile, any Error> {
        waiting += 1
        let before = last
        let folder = "\(root)/\(Self.prefix)\(UUID().uuidString)"
        let epoch = epoch
        let task = Task {
            await before?.value
            // Off this actor, which others are waiting to ask.
            let result = await Task.detached { try await Self.made(in: folder, make) }.result
            return try self.end(question, tag: tag, folder, begun: epoch, result)
        }
        last = Task { _ = await task.result }
        return task
    }

    private static func made(
        in folder: String, _ make: @Sendable (String) async throws -> String
    ) async throws -> KeptFile {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return try KeptFile(path: try await make(folder))
    }

    private func end(
        _ question: Question, tag: UInt64, _ folder: String, begun epoch: Int, _ result: Result<KeptFile, any Error>
    ) throws -> KeptFile {
        waiting -= 1
        if making[question]?.tag == tag { making[question] = nil }
        guard case .success(let file) = result, epoch == self.epoch else {
            try? FileManager.default.removeItem(atPath: folder)
            return try result.get()
        }
        drop(question)
        turn += 1
        entries[question] = Entry(folder: folder, file: file, tag: tag, turn: turn)
        makeRoom(besides: question)
        return file
    }

    private func makeRoom(besides newest: Question) {
        while entries.values.reduce(0, { $0 + $1.file.size }) > capacity {
            let oldest = entries.filter { $0.key != newest }.min { $0.value.turn < $1.value.turn }
            guard let oldest else { return }
            drop(oldest.key)
        }
    }

    private func drop(_ question: Question) {
        guard let entry = entries.removeValue(forKey: question) else { return }
        try? FileManager.default.removeItem(atPath: entry.folder)
    }

    /// Lets go of every file: something was erased that some of them may hold.
    func forgetAll() {
        epoch += 1
        for question in Array(entries.keys) { drop(question) }
    }

    /// Takes away what a server has left that ended without a chance to, and nothing that is not ours.
    nonisolated func removeLeftovers() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        for name in names where name.hasPrefix(Self.prefix) {
            try? FileManager.default.removeItem(atPath: "\(root)/\(name)")
        }
    }

    /// At the end of the server.
    func close() {
        forgetAll()
        removeLeftovers()
        rmdir(root)
    }

    private static let prefix = "export-"
}
