import ArgumentParser
import Foundation
import MapServer
import SpatialDatabase

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Examine a store and everything that protects it.",
        discussion: "Reads only, beside a running server too. Exit status 1 when something is wrong.")

    @OptionGroup var storeOptions: StoreOptions

    @Flag(help: "Print an array of JSON.")
    var json = false

    func run() async throws {
        let path = try await storeOptions.settings().store
        let check: StoreCheck
        do {
            let store = try SpatialStore.openForReading(path: path)
            check = try store.check()
            try store.close()
        } catch let error as StoreError {
            throw error
        } catch {
            throw Refusal("\(path) is damaged so much that it cannot be examined: \(error)")
        }
        if json {
            try printJSON(check)
        } else {
            for finding in check.findings {
                let mark =
                    switch finding.severity {
                    case .fine: "ok     "
                    case .notice: "notice "
                    case .wrong: "WRONG  "
                    }
                print("\(mark) \(finding.subject): \(finding.result)")
            }
            try await printWriter(path)
        }
        guard check.isSound else { throw Refusal("something is wrong with \(path); see the lines marked WRONG") }
        Terminal.say("\(path) is sound.")
    }

    /// What the one writing connection says of itself, when a server has it.
    private func printWriter(_ path: String) async throws {
        guard SpatialStore.isWritten(path: path) else {
            print("writer:  none now; the lock \(path).lock is free")
            return
        }
        guard let client = OperatorClient(store: path), case .settings(let lines)? = try? await client.ask(.settings)
        else {
            print("writer:  another process holds the lock \(path).lock")
            return
        }
        print("writer:  the running server, which holds the lock \(path).lock")
        for line in lines { print("         \(line)") }
    }

    private func printJSON(_ check: StoreCheck) throws {
        let rows = check.findings.map {
            ["subject": $0.subject, "result": $0.result, "severity": $0.severity.rawValue]
        }
        print(String(decoding: try JSONEncoder().encode(rows), as: UTF8.self))
    }
}
