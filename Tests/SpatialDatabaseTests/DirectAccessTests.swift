import Foundation
import TestSupport
import Testing

@testable import SpatialDatabase

@Suite struct DirectAccessTests {
    @Test("what is written lies where it was to lie, whatever places and lengths", arguments: 0..<12 as Range<UInt64>)
    func writesLieInPlace(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }
        try inAFolder { folder in
            let path = "\(folder)/written"
            let writer = DirectWriter(descriptor: open(path, O_CREAT | O_WRONLY, 0o600))
            var expected: [UInt8] = []
            for round in 1...40 {
                // Pages as SQLite writes them, pieces of any length, and now and then more than waits at once.
                let lengths = [4_096, 1 + number(below: 9_000), 1 + number(below: 2 << 20)]
                let length = lengths[round % 13 == 0 ? 2 : number(below: 2)]
                let bytes = [UInt8](repeating: UInt8(round), count: length)
                let isNext = number(below: 3) > 0
                let offset = isNext ? expected.count : number(below: expected.count / 4_096 + 2) * 4_096
                try bytes.withUnsafeBytes { try writer.write($0, at: offset) }
                expected += [UInt8](repeating: 0, count: max(offset + length - expected.count, 0))
                expected.replaceSubrange(offset..<(offset + length), with: bytes)
                if number(below: 6) == 0 { try writer.flush() }
            }
            try writer.finish()
            #expect(FileManager.default.contents(atPath: path) == Data(expected), "seed \(seed)")
        }
    }

    @Test(
        "what has been put together piece by piece is read so again, to the last byte",
        arguments: [0, 1, 4_095, 4_096, 4_097, 1 << 20, (1 << 20) + 1, 3_000_000])
    func piecesComeBack(length: Int) throws {
        try inAFolder { folder in
            let path = "\(folder)/pieces"
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
            let writer = DirectWriter(descriptor: open(path, O_CREAT | O_WRONLY, 0o600))
            for start in stride(from: 0, to: length, by: 77_777) {
                try writer.append(Array(bytes[start..<min(start + 77_777, length)]))
            }
            try writer.finish()
            let reader = try DirectReader(path: path)
            var read: [UInt8] = []
            while case let some = try reader.read(123_456), !some.isEmpty { read += some }
            #expect(read == bytes)
            #expect(try reader.read(1).isEmpty)
        }
    }

    @Test("a disk that is full is told from one that fails, and a pipe is read like any other file")
    func faultsAreTold() throws {
        let full = DirectWriter(descriptor: open("/dev/full", O_WRONLY))
        try full.append([1, 2, 3])
        let fault = #expect(throws: DiskFault.self) { try full.finish() }
        #expect(fault?.isForWantOfRoom == true)
        let closed = DirectWriter(descriptor: open("/dev/null", O_RDONLY))
        try closed.append([1])
        let other = #expect(throws: DiskFault.self) { try closed.finish() }
        #expect(other?.isForWantOfRoom == false)
        #expect(throws: DiskFault(code: ENOENT)) { try DirectReader(path: "/nowhere/at/all") }
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { close(ends[0]) }
        try FileHandle(fileDescriptor: ends[1], closeOnDealloc: true).write(contentsOf: Data([7, 8, 9]))
        #expect(try DirectReader(path: "/dev/fd/\(ends[0])").read(2) == [7, 8])
    }

    @Test("a copy holds one moment, byte for byte what SQLite says, and is one file")
    func copiesHoldOneMoment() throws {
        let temporary = try TemporaryStore()
        let copy = temporary.folder.appendingPathComponent("copy").path
        try SpatialStore.copy(path: temporary.path, to: copy)
        let names = try FileManager.default.contentsOfDirectory(atPath: temporary.folder.path)
        #expect(names.filter { $0.hasPrefix("copy") } == ["copy"])
        #expect(try SpatialStore.examine(copy: copy).layers == 0)
        let size = try #require(FileManager.default.attributesOfItem(atPath: copy)[.size] as? Int)
        #expect(size > 100 * 4_096 && size % 4_096 == 0)
    }

    private func inAFolder(_ act: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("direct-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try act(folder.path)
    }
}
