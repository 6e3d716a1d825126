import Contributions
import Curation
import Foundation
import MapServer

/// Brings in what curators send at the desk: `lieudit import`, in a process of its own with bounds, which hands what it
/// has read over to this server as every command does.
struct SentFileImport: Sendable {
    let store: String
    let configurationFile: String?

    /// Of a process that reads files of at most 64 MiB.
    private static let bounds = ["--cpu=600", "--data=\(2 << 30)", "--core=0", "--"]
    private static let limiter = "/usr/bin/prlimit"
    private static let patience = DispatchTimeInterval.seconds(900)
    /// Sentences that somebody will read.
    private static let mostTold = 50
    private static let longestSentence = 500

    private struct Answer: Decodable {
        let imported: Int
        let skipped: Int
        /// Of a rehearsal: how its fields are read.
        let fields: FieldProposal?
    }

    /// - Throws: what starting a program throws.
    func callAsFunction(_ file: SentFile) async throws -> ImportOutcome {
        try await withCheckedThrowingContinuation { done in
            // It waits for minutes, and must not hold one of the few threads that answer.
            DispatchQueue.global(qos: .utility).async { done.resume(with: Result { try run(file) }) }
        }
    }

    private func run(_ file: SentFile) throws -> ImportOutcome {
        let process = Process()
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        let hasLimiter = FileManager.default.isExecutableFile(atPath: Self.limiter)
        let words = (hasLimiter ? [Self.limiter] + Self.bounds : []) + [own] + words(file)
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        let (output, complaints) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError, process.standardInput) =
            (output, complaints, FileHandle.nullDevice)
        try process.run()
        let late = DispatchWorkItem { process.terminate() }
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + Self.patience, execute: late)
        defer { late.cancel() }
        let told = sentences(try complaints.fileHandleForReading.readToEnd() ?? Data(), about: file)
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0, let answer = try? JSONDecoder().decode(Answer.self, from: answer) else {
            let reason = told.isEmpty ? ["the file takes more time or memory than there is for it"] : told
            return ImportOutcome(count: 0, skipped: 0, told: reason, isRefused: true)
        }
        let reading = answer.fields.map { [String($0.sentence.prefix(Self.longestSentence))] } ?? []
        return ImportOutcome(count: answer.imported, skipped: answer.skipped, told: reading + told, isRefused: false)
    }

    private func words(_ file: SentFile) -> [String] {
        ["import", file.path, "--layer", file.layer.text, "--store", store, "--json"]
            + (configurationFile.map { ["--config", $0] } ?? [])
            + (file.isRehearsal ? ["--dry-run"] : []) + (file.skipsInvalid ? ["--skip-invalid"] : [])
    }

    /// What was said, without the place where the file lay.
    private func sentences(_ data: Data, about file: SentFile) -> [String] {
        let name = URL(fileURLWithPath: file.path).lastPathComponent
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map {
            $0.replacing(file.path, with: name).trimmingPrefix("Error: ")
        }
        let most = lines.prefix(Self.mostTold).map { String($0.prefix(Self.longestSentence)) }
        return lines.count > Self.mostTold ? most + ["… \(lines.count - Self.mostTold)"] : most
    }
}
