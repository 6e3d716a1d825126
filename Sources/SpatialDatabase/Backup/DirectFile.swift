import Foundation
import GRDBSQLite

/// A database file of SQLite's whose pages are written straight to the disk.
///
/// SQLite is told by a file system of its own (https://www.sqlite.org/vfs.html, "shims"), which leaves all to the usual
/// one but what is said here.
final class DirectFile {
    /// What SQLite calls for the file, and behind it, unseen by SQLite, whom that reaches.
    private struct Table {
        var methods: sqlite3_io_methods
        let file: Unmanaged<DirectFile>
    }

    private let below: UnsafePointer<sqlite3_io_methods>
    private let writer: DirectWriter
    private let table = UnsafeMutablePointer<Table>.allocate(capacity: 1)

    private init(_ below: UnsafePointer<sqlite3_io_methods>, _ writer: DirectWriter) {
        self.below = below
        self.writer = writer
    }

    deinit { table.deallocate() }

    /// Takes over the writing of a file that has just been opened. What cannot be opened again stays as it is.
    static func attach(to file: UnsafeMutablePointer<sqlite3_file>, path: UnsafePointer<CChar>) {
        guard let below = file.pointee.pMethods else { return }
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        let own = DirectFile(below, DirectWriter(descriptor: descriptor))
        var methods = below.pointee
        methods.xWrite = { DirectFile.of($0).write($1, Int($2), at: Int($3)) }
        methods.xRead = { file, bytes, count, offset in
            DirectFile.of(file).settled { $0.xRead(file, bytes, count, offset) }
        }
        methods.xSync = { file, flags in DirectFile.of(file).settled { $0.xSync(file, flags) } }
        methods.xTruncate = { file, size in DirectFile.of(file).settled { $0.xTruncate(file, size) } }
        methods.xFileSize = { file, size in DirectFile.of(file).settled { $0.xFileSize(file, size) } }
        methods.xClose = { DirectFile.close($0) }
        own.table.initialize(to: Table(methods: methods, file: Unmanaged.passRetained(own)))
        file.pointee.pMethods = UnsafeRawPointer(own.table).assumingMemoryBound(to: sqlite3_io_methods.self)
    }

    private static func handle(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Unmanaged<DirectFile> {
        // Only files that were attached to call here, and theirs are the methods of a table.
        UnsafeRawPointer(file!.pointee.pMethods).assumingMemoryBound(to: Table.self).pointee.file
    }

    private static func of(_ file: UnsafeMutablePointer<sqlite3_file>?) -> DirectFile {
        handle(file).takeUnretainedValue()
    }

    private func write(_ bytes: UnsafeRawPointer?, _ count: Int, at offset: Int) -> Int32 {
        status { try writer.write(UnsafeRawBufferPointer(start: bytes, count: count), at: offset) }
    }

    /// Once all that was written before is in the file.
    private func settled(_ act: (sqlite3_io_methods) -> Int32) -> Int32 {
        let status = status { try writer.flush() }
        return status == SQLITE_OK ? act(below.pointee) : status
    }

    /// Ours goes last: closing any handle of a file ends the locks that this process has on it.
    private static func close(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Int32 {
        let own = handle(file)
        defer { own.release() }
        let it = own.takeUnretainedValue()
        let written = it.settled { _ in SQLITE_OK }
        let closed = it.below.pointee.xClose(file)
        return written == SQLITE_OK ? closed : written
    }

    private func status(_ act: () throws -> Void) -> Int32 {
        do {
            try act()
            return SQLITE_OK
        } catch {
            return (error as? DiskFault)?.isForWantOfRoom == true ? SQLITE_FULL : SQLITE_IOERR
        }
    }
}

/// The file system by which SQLite makes its files so.
enum DirectFileSystem {
    /// Nil where SQLite knows no file system at all.
    static let name: String? = {
        guard let below else { return nil }
        let own = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        own.initialize(to: below.pointee)
        own.pointee.pNext = nil
        own.pointee.zName = UnsafePointer(strdup("lieudit-direct"))
        own.pointee.xOpen = { _, path, file, flags, told in DirectFileSystem.open(path, file, flags, told) }
        return sqlite3_vfs_register(own, 0) == SQLITE_OK ? "lieudit-direct" : nil
    }()

    /// SQLite changes nothing in it once it is registered.
    private nonisolated(unsafe) static let below = sqlite3_vfs_find(nil)

    private static func open(
        _ path: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
        _ told: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let below, let open = below.pointee.xOpen else { return SQLITE_CANTOPEN }
        let status = open(below, path, file, flags, told)
        if status == SQLITE_OK, flags & SQLITE_OPEN_MAIN_DB != 0, let path, let file {
            DirectFile.attach(to: file, path: path)
        }
        return status
    }
}
