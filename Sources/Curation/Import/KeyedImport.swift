import Contributions
import SpatialDatabase

/// Brings a staged file in by the keys of its records: what is known is changed where the file has changed, and the rest
/// is added.
///
/// It goes through the file twice, so that what is new can be written at once, as in any import.
struct KeyedImport {
    private let participation: Participation
    private let transaction: StoreTransaction
    private let layer: LayerIdentifier
    private let source: String
    private let instanceKey: InstanceKey
    private let run: ImportRun
    private(set) var update = ImportUpdate()
    /// Of each record of the file, whether it never came before.
    private var isNew: [Bool] = []
    private var known = 0

    init(
        _ participation: Participation, into layer: LayerIdentifier, from source: String,
        _ transaction: StoreTransaction
    ) throws {
        self.participation = participation
        self.transaction = transaction
        self.layer = layer
        self.source = source
        instanceKey = try transaction.instanceKey()
        run = try transaction.beginImport(into: layer)
    }

    mutating func carryOut(_ staged: StagedImport, progress: (Int) -> Void) throws {
        let before = try transaction.importedCount(of: key(named: ""), in: run)
        update.isNewSource = before.isOnlyStranger
        try compare(staged, progress)
        update.gone = before.standing - known
        if update.added > 0 { try add(staged) }
        // What has changed nothing is no import that somebody would want to take back.
        if update.added == 0, update.changed == 0 { try transaction.forget(run) }
    }

    private func key(named name: String) -> ImportKey {
        ImportKey(source: source, record: name, key: instanceKey)
    }

    private func key(of record: String?) throws -> ImportKey {
        guard let text = record else { throw ImportError.file(reason: "a record was put aside without its key") }
        return key(named: text)
    }

    private mutating func compare(_ staged: StagedImport, _ progress: (Int) -> Void) throws {
        let records = ImportedRecords.ahead(of: staged)
        defer { records.stop() }
        while let record = try records.next() {
            let standing = try transaction.standing(of: try key(of: record.key), in: run)
            isNew.append(false)
            switch standing {
            case .new:
                isNew[isNew.count - 1] = true
                update.added += 1
            case .erased: update.left += 1
            case .known(let imported):
                known += 1
                try change(imported, to: record)
            }
            if isNew.count % 5_000 == 0 { progress(isNew.count) }
        }
    }

    private mutating func change(_ imported: ImportedFeature, to record: ImportedRecord) throws {
        guard imported.digest != record.digest else {
            update.unchanged += 1
            return
        }
        // What is not as it was read any more has been changed here, by somebody who had reasons.
        guard let stored = try transaction.contribution(of: imported), stored.isPublic,
            try PublishedFeature.digest(of: stored) == imported.digest
        else {
            update.left += 1
            return
        }
        let content = record.publication.contribution
        try transaction.replaceContent(of: stored, with: content)
        let publication = try participation.publication(
            of: stored, as: content, identifier: stored.identifier, month: stored.month, transaction)
        try transaction.show(stored, as: publication, month: stored.month, expires: stored.expiresAt)
        try transaction.note(imported, digest: record.digest, changedIn: run)
        update.changed += 1
    }

    private func add(_ staged: StagedImport) throws {
        let records = ImportedRecords.rowsAhead(of: staged)
        defer { records.stop() }
        var notes = try transaction.notes(of: run)
        var place = -1
        var current: ImportedRow?
        _ = try transaction.publishAll(
            in: layer,
            next: {
                repeat {
                    current = try records.next()
                    place += 1
                } while current != nil && !isNew[place]
                return current?.row
            },
            inserted: { number in
                guard let current else { return }
                try notes.add(number, digest: current.digest, key: try key(of: current.key))
            })
        try notes.finish()
    }
}
