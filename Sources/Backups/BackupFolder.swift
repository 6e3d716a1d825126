package import Foundation

/// Where backups lie, by names that sort by their moments: `lieudit-20261122T030000Z.backup`.
package struct BackupFolder {
    /// What is withdrawn is forgotten by backups, too, within this (`trust.md`, RG8).
    package static let mostDays = 30

    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// The path in a folder, or the file itself.
    static func path(for moment: Date, in target: String) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: target, isDirectory: &isFolder), isFolder.boolValue else {
            return target
        }
        return target + "/" + name(for: moment)
    }

    /// Each backup by its moment, the oldest first.
    package var backups: [(path: String, moment: Date)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap { name in Self.moment(of: name).map { (path + "/" + name, $0) } }
            .sorted { $0.1 < $1.1 }
    }

    /// Removes backups that are as old as that, and what was left half-written; says how many backups.
    ///
    /// Also when none is younger: what was withdrawn is forgotten, whatever else has failed.
    /// - Throws: `BackupError.tooLong`, `BackupError.cannotWrite`.
    @discardableResult
    package func removeOld(keeping days: Int, at now: Date) throws(BackupError) -> Int {
        guard (1...Self.mostDays).contains(days) else { throw .tooLong(days: days) }
        let old = backups.filter { now.timeIntervalSince($0.moment) >= Double(days) * 86_400 }
        let halves = backups(ending: ".part").filter { now.timeIntervalSince($0.moment) >= 86_400 }
        for (path, _) in old + halves {
            guard unlink(path) == 0 || errno == ENOENT else {
                throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
            }
        }
        return old.count
    }

    private func backups(ending: String) -> [(path: String, moment: Date)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(ending) }.compactMap { name in
            Self.moment(of: String(name.dropLast(ending.count))).map { (path + "/" + name, $0) }
        }
    }

    private static let beginning = "lieudit-"
    private static let ending = ".backup"
    private static let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)

    static func name(for moment: Date) -> String { beginning + moment.formatted(style) + ending }

    private static func moment(of name: String) -> Date? {
        guard name.hasPrefix(beginning), name.hasSuffix(ending) else { return nil }
        return try? style.parse(String(name.dropFirst(beginning.count).dropLast(ending.count)))
    }

    /// Gives a whole file its name, for good.
    static func rename(_ partial: String, to path: String) throws(BackupError) {
        guard Foundation.rename(partial, path) == 0 else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }
}
