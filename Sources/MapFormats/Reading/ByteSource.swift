import Foundation

/// Bytes that arrive in pieces: a file, standard input, memory.
package struct ByteSource {
    private let read: () throws -> [UInt8]?
    private var ahead: [UInt8] = []
    private var isAtEnd = false
    /// How many bytes have been handed on, for a progress bar.
    package private(set) var bytesRead = 0

    /// - Parameter read: the next piece, of any length; nil at the end.
    package init(_ read: @escaping () throws -> [UInt8]?) {
        self.read = read
    }

    /// The bytes of memory, `chunkSize` at a time.
    package init(_ bytes: [UInt8], chunkSize: Int = 262_144) {
        var start = 0
        self.init {
            guard start < bytes.count else { return nil }
            let end = min(start + max(chunkSize, 1), bytes.count)
            defer { start = end }
            return Array(bytes[start..<end])
        }
    }

    /// A file, read as it is asked for and closed when the source is gone.
    ///
    /// - Throws: `FormatError.file(.unreadable)`.
    package init(path: String, chunkSize: Int = 262_144) throws(FormatError) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw .file(.unreadable(reason: "it is a folder"))
        }
        do {
            self.init(try FileHandle(forReadingFrom: URL(fileURLWithPath: path)), chunkSize: chunkSize)
        } catch {
            throw .file(.unreadable(reason: error.localizedDescription))
        }
    }

    package static func standardInput(chunkSize: Int = 262_144) -> ByteSource {
        ByteSource(FileHandle.standardInput, chunkSize: chunkSize)
    }

    private init(_ handle: FileHandle, chunkSize: Int) {
        // At the end some platforms answer with nil and others with nothing in it.
        self.init { try handle.read(upToCount: chunkSize).flatMap { $0.isEmpty ? nil : Array($0) } }
    }

    /// The next piece, never empty; nil at the end.
    ///
    /// - Throws: `FormatError.file(.unreadable)`, or the `FormatError` that the closure threw.
    package mutating func next() throws(FormatError) -> [UInt8]? {
        if !ahead.isEmpty {
            defer { ahead = [] }
            bytesRead += ahead.count
            return ahead
        }
        let piece = try pull()
        bytesRead += piece?.count ?? 0
        return piece
    }

    /// The first bytes without taking them: `count` of them or more, fewer where the source is shorter.
    package mutating func peek(_ count: Int) throws(FormatError) -> [UInt8] {
        while ahead.count < count, let piece = try pull() { ahead += piece }
        return ahead
    }

    private mutating func pull() throws(FormatError) -> [UInt8]? {
        do {
            while !isAtEnd, let piece = try read() {
                if !piece.isEmpty { return piece }
            }
        } catch let error as FormatError {
            throw error
        } catch {
            throw .file(.unreadable(reason: error.localizedDescription))
        }
        isAtEnd = true
        return nil
    }
}
