import GRDB

extension StoreError {
    /// What a piece of writing failed of, in a word for whoever waits: want of room, or a disk that refuses. Any other
    /// error is as it was.
    static func sentence(for error: any Error, path: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return switch error.resultCode {
        case .SQLITE_FULL: StoreError.noRoom(path: path)
        case .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_CORRUPT, .SQLITE_NOTADB:
            StoreError.unwritable(path: path)
        default: error
        }
    }
}
