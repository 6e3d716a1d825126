/// Why a file cannot be brought in. Nothing of it has been kept then.
package enum ImportError: Error, Equatable, Sendable {
    case unreadable(path: String, reason: String)
    case file(reason: String)
    case record(line: Int, reason: String)
    case repeatedIdentifier(String, line: Int, firstLine: Int)
    case repeatedKey(String, line: Int, firstLine: Int)
    case noKey(field: String, line: Int)
    case nothingToTakeBack(layer: String)
    /// A record of a curator's export that nobody has published.
    case undecided(state: String, line: Int)
    case cannotStage(reason: String)
    case notStaged(path: String)
    case converterMissing(ending: String)
}

extension ImportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .file(let reason): reason
        case .record(_, let reason) where reason.hasPrefix("line "): reason
        case .record(let line, let reason): "line \(line): \(reason)"
        case .repeatedIdentifier(let identifier, let line, let firstLine):
            "line \(line): the id “\(identifier)” stands on line \(firstLine) already"
        case .repeatedKey(let key, let line, let firstLine):
            "line \(line): the key “\(key)” stands on line \(firstLine) already"
        case .noKey(let field, let line):
            "line \(line): the field “\(field)”, which tells records apart, holds no text or number"
        case .nothingToTakeBack(let layer): "there is no import into \(layer) of which anything is left to take back"
        case .undecided(let state, let line):
            "line \(line): this is “\(state)”, not published; decide about it at the desk and export again, "
                + "or let a column that means something else be read otherwise: --map state=NAME"
        case .cannotStage(let reason): "what was read cannot be put aside beside the store: \(reason)"
        case .converterMissing(let ending):
            ".\(ending) is read with GDAL, which is not installed here; on Debian: apt-get install gdal-bin"
        case .notStaged(let path): "\(path) is not a file that an import has put aside beside this store"
        }
    }
}
