package import Contributions

/// Why the store refuses. No case carries a person's words or position.
package enum StoreError: Error, Equatable, Sendable {
    case missing(path: String)
    case notAStore(path: String)
    case cannotOpen(path: String, reason: String)
    case locked(path: String)
    case cannotLock(path: String, reason: String)
    case busy(seconds: Int)
    case layerExists(LayerIdentifier)
    case unknownLayer(LayerIdentifier)
    case duplicateIdentifier(PublicIdentifier)
    case unsafeSetting(name: String, found: String, expected: String)
    case damagedRow(table: String, number: Int64)
    case damagedGeometry
    case spatialSetup(String)
    case notABasemap(path: String, reason: String)
    case damagedBasemap(path: String)
    case newer(path: String)
    /// Nothing was written for want of room on the disk.
    case noRoom(path: String)
    /// Nothing was written, since the disk refuses it.
    case unwritable(path: String)
    case cannotKeepTombstones(path: String, reason: String)
    case damagedTombstones(path: String, line: Int)
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let path):
            "there is no store at \(path)"
        case .notAStore(let path):
            "\(path) is not a store of Lieudit, or it is damaged; restore a backup, or name another file"
        case .cannotOpen(let path, let reason):
            "the store \(path) cannot be opened: \(reason)"
        case .locked(let path):
            "another process is writing to \(path); stop it, or use a command that hands its work over to the running server"
        case .cannotLock(let path, let reason):
            "the lock \(path).lock cannot be taken: \(reason)"
        case .busy(let seconds):
            "a long piece of writing is under way; nothing was written within \(seconds) s, try again shortly"
        case .layerExists(let layer):
            "a layer named \(layer) exists already"
        case .unknownLayer(let layer):
            "there is no layer named \(layer)"
        case .duplicateIdentifier(let identifier):
            "the id \(identifier) is taken already"
        case .unsafeSetting(let name, let found, let expected):
            "the store refuses to open: \(name) is \(found) where \(expected) is needed"
        case .damagedRow(let table, let number):
            "row \(number) of \(table) cannot be read; run lieudit check"
        case .damagedGeometry:
            "a stored geometry cannot be read; run lieudit check"
        case .spatialSetup(let what):
            "SpatiaLite could not be set up: \(what)"
        case .notABasemap(let path, let reason):
            "the basemap \(path) cannot be used: \(reason)"
        case .damagedBasemap(let path):
            "a tile of the basemap \(path) cannot be read; make it anew with Tools/basemap"
        case .newer(let path):
            "\(path) was written by a later version of Lieudit; install that one, or restore a backup from before"
        case .noRoom:
            "the disk is full; nothing was written"
        case .unwritable:
            "the disk takes no writing now; nothing was written"
        case .cannotKeepTombstones(let path, let reason):
            "what is erased cannot be written down in \(path), so nothing is erased: \(reason)"
        case .damagedTombstones(let path, let line):
            "\(path) is no whole file of tombstones: line \(line) does not follow from those before it"
        }
    }
}
