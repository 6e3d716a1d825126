import Contributions
import Foundation
import GRDB

/// Notes what an import adds, row after row with statements compiled once.
package struct ImportNotes {
    private let run: ImportRun
    private let feature: BareStatement
    private let key: BareStatement

    init(_ database: Database, _ run: ImportRun) throws {
        self.run = run
        feature = try BareStatement(
            "INSERT INTO imported_feature (contribution, added_in, digest) VALUES (?, ?, ?)", database)
        key = try BareStatement(
            "INSERT INTO import_key (layer, source, outside, contribution) VALUES (?, ?, ?, ?)", database)
    }

    /// - Parameter number: the row of a contribution that has just been written.
    /// - Parameter digest: of what the file says of it.
    /// - Parameter given: under what it comes again; nil for what does not.
    package func add(_ number: Int64, digest: UInt128, key given: ImportKey? = nil) throws {
        try feature.insert(
            .integer(number), .integer(run.number), .blob(withUnsafeBytes(of: digest.bigEndian) { Array($0) }))
        guard let given else { return }
        try key.insert(.integer(run.layer), .blob(given.source), .blob(given.outside), .integer(number))
    }
}
