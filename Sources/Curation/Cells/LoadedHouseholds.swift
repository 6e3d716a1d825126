package import Contributions
import Foundation
package import SpatialDatabase
import Synchronization

/// The table of households that is in force: where few live, cells are coarser.
package final class LoadedHouseholds: Sendable {
    private let loaded: Mutex<HouseholdTable?>

    init(_ table: HouseholdTable?) {
        loaded = Mutex(table)
    }

    /// Nil when none was loaded.
    package var table: HouseholdTable? { loaded.withLock { $0 } }

    func replace(with table: HouseholdTable) { loaded.withLock { $0 = table } }
}

extension PublishedLayers {
    /// Puts a table of households in force for all that is contributed from now on. What shows already stays as it is:
    /// nothing takes back what copies hold (P10 of the rules of privacy).
    /// - Parameter now: seconds since 1970 UTC.
    package func loadHouseholds(_ table: HouseholdTable, at now: Int64) async throws {
        try await store.loadHouseholds(table, at: now) { self.households.replace(with: table) }
    }
}

extension SpatialStore {
    /// Keeps a table of households in the place of the one before.
    /// - Parameters:
    ///   - now: seconds since 1970 UTC.
    ///   - committed: called after the commit and before anybody else writes.
    package func loadHouseholds(
        _ table: HouseholdTable, at now: Int64, committed: @escaping @Sendable () -> Void = {}
    ) async throws {
        try await write(alone: true) { transaction in
            try transaction.replaceHouseholds(with: table)
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: "operator", act: "load households", subject: "households",
                    detail: String(table.count)))
        } committed: {
            committed()
        }
    }
}

extension HouseholdTable {
    /// Reads a table on a thread of its own: millions of rows would hold up a pool of two for seconds.
    /// - Throws: `ImportError`.
    package static func reading(csvFile path: String) async throws -> HouseholdTable {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try HouseholdTable(csvFile: path) })
            }
        }
    }
}
