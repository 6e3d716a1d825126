package import Contributions
import Foundation

/// A file of tombstones as it is read.
///
/// Text, one line each: a moment (UTC), a kind, a hash in hexadecimal (`-` for a mark, which only says that the file
/// was kept until then), and the first 16 digits of the SHA-256 of the check before and the line up to there. So a
/// line that was changed, taken out or put in is found. A last line without its end was never acknowledged.
package struct TombstoneList: Equatable, Sendable {
    package struct Entry: Equatable, Sendable {
        /// Nil for a mark.
        package let tombstone: Tombstone?
        package let check: String
    }

    package private(set) var entries: [Entry] = []
    /// The moment of the last entry, as it is written; nil for none.
    package private(set) var knownUntil: String?
    /// Bytes of whole lines.
    private(set) var length = 0

    static let heading = "lieudit tombstones 1"

    package var position: TombstonePosition {
        TombstonePosition(count: entries.count, check: entries.last?.check ?? Self.firstCheck)
    }

    package var tombstones: [Tombstone] { entries.compactMap(\.tombstone) }

    static var firstCheck: String { check(after: "", heading) }

    /// - Throws: `StoreError.damagedTombstones` for what is no such file, and for a line that does not follow.
    package init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw StoreError.cannotKeepTombstones(path: path, reason: "it cannot be read")
        }
        try self.init(data, path: path)
    }

    init(_ data: Data, path: String) throws(StoreError) {
        guard let end = data.firstIndex(of: 0x0A), data.prefix(upTo: end) == Data(Self.heading.utf8) else {
            throw .damagedTombstones(path: path, line: 1)
        }
        length = end + 1
        var check = Self.firstCheck
        while let end = data[length...].firstIndex(of: 0x0A) {
            let line = String(decoding: data[length..<end], as: UTF8.self)
            guard let (entry, moment) = Self.read(line, after: check) else {
                throw .damagedTombstones(path: path, line: entries.count + 2)
            }
            entries.append(entry)
            (check, knownUntil, length) = (entry.check, moment, end + 1)
        }
    }

    /// Whether this is the same file as it was at a position, or has grown from it.
    package func hasGrown(from position: TombstonePosition) -> Bool {
        guard position.count <= entries.count else { return false }
        return (position.count == 0 ? Self.firstCheck : entries[position.count - 1].check) == position.check
    }

    static func line(_ tombstone: Tombstone?, moment: String, after check: String) -> (text: String, check: String) {
        let body = "\(moment) \(tombstone?.kind.rawValue ?? "mark") \(tombstone?.digest.hexadecimal ?? "-")"
        let next = Self.check(after: check, body)
        return (body + " " + next + "\n", next)
    }

    private static func read(_ line: String, after check: String) -> (Entry, moment: String)? {
        let fields = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 4, fields[3] == Self.check(after: check, fields[0...2].joined(separator: " ")) else {
            return nil
        }
        if fields[1] == "mark" { return (Entry(tombstone: nil, check: fields[3]), fields[0]) }
        guard let kind = Tombstone.Kind(rawValue: fields[1]), let digest = Digest(hexadecimal: fields[2]) else {
            return nil
        }
        return (Entry(tombstone: Tombstone(kind, digest), check: fields[3]), fields[0])
    }

    private static func check(after check: String, _ body: String) -> String {
        String(Digest(of: check + " " + body).hexadecimal.prefix(16))
    }
}

extension Digest {
    package var hexadecimal: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    package init?(hexadecimal: String) {
        let digits = Array(hexadecimal.utf8)
        guard digits.count == 64 else { return nil }
        let bytes = stride(from: 0, to: 64, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        self.init(bytes: bytes)
    }
}
