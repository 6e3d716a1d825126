import Foundation

/// A new file, readable by its owner only, written in large pieces.
struct FileWriter {
    private let handle: FileHandle
    private var pending: [UInt8] = []
    /// Bytes so far.
    private(set) var count = 0

    /// - Throws: `ExportError.notWritten` where a file is already, too.
    init(path: String) throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ExportError.notWritten(reason: String(cString: strerror(errno))) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    mutating func append(_ bytes: [UInt8]) throws {
        pending += bytes
        count += bytes.count
        if pending.count > 1 << 20 { try flush() }
    }

    /// Writes what is left and closes the file.
    /// - Parameter beginning: what shall stand where the file begins, over what was written there.
    mutating func finish(beginning: [UInt8] = []) throws {
        try flush()
        do {
            if !beginning.isEmpty {
                try handle.seek(toOffset: 0)
                try handle.write(contentsOf: beginning)
            }
            try handle.close()
        } catch {
            throw ExportError.notWritten(reason: error.localizedDescription)
        }
    }

    private mutating func flush() throws {
        do {
            try handle.write(contentsOf: pending)
        } catch {
            throw ExportError.notWritten(reason: error.localizedDescription)
        }
        pending.removeAll(keepingCapacity: true)
    }
}
