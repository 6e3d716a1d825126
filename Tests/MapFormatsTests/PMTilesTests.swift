import MapGeometry
import TestSupport
import Testing

@testable import MapFormats

@Suite struct PMTilesTests {
    @Test(
        "Tiles are numbered as the specification says", arguments: [(0, 0), (1, 1), (2, 5), (3, 21), (14, 89_478_485)])
    func tilesAreNumbered(zoom: Int, first: UInt64) {
        #expect(PMTilesEntry.firstTile(ofZoom: zoom) == first)
    }

    @Test("Hilbert's curve begins as the specification's table: down, right and up")
    func theCurveIsTheirs() {
        let cells = (0..<4).map { HilbertCurve.cell(key: $0, level: 1) }
        #expect(cells.map(\.x) == [0, 0, 1, 1] && cells.map(\.y) == [0, 1, 1, 0])
    }

    @Test("A directory's columns are steps, runs, lengths and places, and 0 says “right behind”")
    func aDirectoryIsColumns() {
        let entries = [
            PMTilesEntry(tile: 0, offset: 0, length: 10, runLength: 1),
            PMTilesEntry(tile: 5, offset: 10, length: 300, runLength: 4),
            PMTilesEntry(tile: 21, offset: 0, length: 10, runLength: 1),
        ]
        #expect(
            PMTilesDirectory.bytes(of: entries[...]) == [3, 0, 5, 16, 1, 4, 1, 10, 0xAC, 2, 10, 1, 0, 1])
    }

    @Test(
        "The root always fits where clients look for it, and its leaves hold every entry", arguments: [1, 100, 200_000])
    func theRootFits(count: Int) throws {
        var random = SeededGenerator(seed: 7)
        var offset: UInt64 = 0
        let entries = (0..<count).map { number in
            defer { offset += 1_000 }
            let length = UInt32.random(in: 1...1_000, using: &random)
            return PMTilesEntry(tile: UInt64(number) * 3, offset: offset, length: length, runLength: 1)
        }
        let (root, leaves) = try #require(PMTilesDirectory.rootAndLeaves(of: entries) { $0 })
        #expect(root.count <= 16_384 - 127)
        let pointers = try decoded(root[...])
        guard !leaves.isEmpty else {
            #expect(pointers == entries)
            return
        }
        #expect(pointers.allSatisfy { $0.runLength == 0 })
        let found = try pointers.flatMap { pointer in
            try decoded(leaves[Int(pointer.offset)..<Int(pointer.offset) + Int(pointer.length)])
        }
        #expect(found == entries)
    }

    @Test("The header is 127 bytes, little-endian, in the specification's order")
    func theHeaderIsItsLength() throws {
        let header = PMTilesHeader(
            root: .init(offset: 127, length: 25), metadata: .init(offset: 152, length: 247),
            leaves: .init(offset: 0, length: 0), tiles: .init(offset: 399, length: 69), addressedTiles: 1, entries: 2,
            contents: 3, zooms: 0...14,
            bounds: try BoundingBox(west: -1, south: -2, east: 3, north: 4))
        let bytes = header.bytes
        #expect(bytes.count == 127 && bytes.starts(with: Array("PMTiles".utf8) + [3, 127, 0, 0, 0, 0, 0, 0, 0, 25]))
        #expect(Array(bytes[96..<102]) == [1, 2, 2, 1, 0, 14])
        #expect(Array(bytes[102..<110]) == [0x80, 0x69, 0x67, 0xFF, 0x00, 0xD3, 0xCE, 0xFE])
        #expect(bytes[118] == 14)
    }

    /// Read back by the letter of the specification, apart from the writer.
    private func decoded(_ bytes: ArraySlice<UInt8>) throws -> [PMTilesEntry] {
        var position = bytes.startIndex
        func number() -> UInt64 {
            var (value, shift): (UInt64, UInt64) = (0, 0)
            repeat {
                value |= UInt64(bytes[position] & 0x7F) << shift
                shift += 7
                position += 1
            } while bytes[position - 1] & 0x80 != 0
            return value
        }
        let count = Int(number())
        var last: UInt64 = 0
        let tiles = (0..<count).map { _ in
            last += number()
            return last
        }
        let runs = (0..<count).map { _ in UInt32(number()) }
        let lengths = (0..<count).map { _ in UInt32(number()) }
        var offsets: [UInt64] = []
        for place in 0..<count {
            let value = number()
            offsets.append(
                value == 0 && place > 0 ? offsets[place - 1] + UInt64(lengths[place - 1]) : value - 1)
        }
        #expect(position == bytes.endIndex)
        return (0..<count).map {
            PMTilesEntry(tile: tiles[$0], offset: offsets[$0], length: lengths[$0], runLength: runs[$0])
        }
    }
}
