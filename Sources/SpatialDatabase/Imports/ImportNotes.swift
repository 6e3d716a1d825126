import Contributions
import GRDB

/// Notes what an import adds, thousands of rows at a time with statements compiled once.
package struct ImportNotes {
    private let run: ImportRun
    private var features: RowsTogether
    private let key: BareStatement
    private var waiting: [(number: Int64, digest: UInt128)] = []

    /// Before a statement of several rows SQLite has the full-text index put aside what it has gathered: as seldom as
    /// it does that by itself, then.
    private static let mostWaiting = 16_384

    init(_ database: Database, _ run: ImportRun) throws {
        self.run = run
        features = try RowsTogether(
            into: "imported_feature (contribution, added_in, digest)", columns: 3, database)
        key = try BareStatement(
            "INSERT INTO import_key (layer, source, outside, contribution) VALUES (?, ?, ?, ?)", database)
    }

    /// - Parameter number: the row of a contribution that has just been written.
    /// - Parameter digest: of what the file says of it.
    /// - Parameter given: under what it comes again; nil for what does not.
    package mutating func add(_ number: Int64, digest: UInt128, key given: ImportKey? = nil) throws {
        waiting.append((number, digest))
        if waiting.count == Self.mostWaiting { try finish() }
        guard let given else { return }
        try key.insert(.integer(run.layer), .blob(given.source), .blob(given.outside), .integer(number))
    }

    /// To be called behind the last: what waits until then is written.
    package mutating func finish() throws {
        for (number, digest) in waiting {
            try features.append(
                .integer(number), .integer(run.number), .blob(withUnsafeBytes(of: digest.bigEndian) { Array($0) }))
        }
        try features.finish()
        waiting.removeAll(keepingCapacity: true)
    }
}
