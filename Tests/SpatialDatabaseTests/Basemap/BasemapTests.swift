import Foundation
import MapGeometry
import SpatialDatabase
import TestSupport
import Testing

/// MBTiles from anywhere: read as they are, and refused with a sentence when they are not what they should be.
@Suite struct BasemapTests {
    @Test("A tile is found at its column and row, counted from the north, as it was stored")
    func aTileIsFound() async throws {
        try await inFolder { folder in
            let basemap = try Basemap(path: SampleGround(in: folder).basemapPath)
            let (zoom, column, row) = SampleGround.address
            let stored = try await basemap.tile(at: TileAddress(zoom: zoom, column: column, row: row))
            #expect(stored == SampleGround.compressedTile)
            #expect(try await basemap.tile(at: TileAddress(zoom: 0, column: 0, row: 0)) == SampleGround.tile)
            let mirrored = try TileAddress(zoom: zoom, column: column, row: (1 << zoom) - 1 - row)
            #expect(try await basemap.tile(at: mirrored) == nil)
            #expect(basemap.zooms == 0...8)
            #expect(basemap.bounds == BoundingBox(uncheckedWest: 2.3, south: 48.8, east: 2.4, north: 48.9))
            #expect(basemap.attribution == "© OpenStreetMap contributors, ODbL")
            #expect(basemap.names == Array(SampleGround.names.utf8))
        }
    }

    @Test("Nothing is written: not to the file, nor beside it, even where it was left with a journal")
    func nothingIsWritten() async throws {
        try await inFolder { folder in
            let path = try SampleGround(in: folder).basemapPath
            try Data("not a journal".utf8).write(to: URL(fileURLWithPath: path + "-journal"))
            let before = try contents(of: folder)
            let basemap = try Basemap(path: path)
            _ = try await basemap.tile(at: TileAddress(zoom: 0, column: 0, row: 0))
            #expect(try contents(of: folder) == before)
        }
    }

    @Test("A name with signs that addresses use is a name like any other")
    func namesOfFiles() async throws {
        try await inFolder { folder in
            let odd = folder.appendingPathComponent("le sol ?mode=rwc&x=%20#1 é.mbtiles")
            try SampleGround.writeTiles(at: odd.path)
            #expect(try Basemap(path: odd.path).zooms == 0...8)
        }
    }

    static let endless = """
        DROP TABLE tiles;
        CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n)
            SELECT i % 15 AS zoom_level, i AS tile_column, i AS tile_row, x'1f8b' AS tile_data FROM n;
        """

    @Test(
        "What is no basemap is refused with its reason",
        arguments: [
            ("DROP TABLE tiles", "lacks the tables"), ("DROP TABLE metadata", "lacks the tables"),
            ("UPDATE metadata SET value = 'png' WHERE name = 'format'", "not vector tiles"),
            ("DELETE FROM metadata WHERE name = 'format'", "not vector tiles"),
            ("UPDATE metadata SET value = x'706266' WHERE name = 'format'", "not vector tiles"),
            ("DELETE FROM tiles", "has no tiles"),
            ("UPDATE tiles SET zoom_level = 40 WHERE zoom_level = 8", "has no tiles"),
            ("UPDATE tiles SET zoom_level = -1 WHERE zoom_level = 8", "has no tiles"),
            ("UPDATE tiles SET zoom_level = 'huit'", "has no tiles"),
            ("UPDATE tiles SET tile_data = 'words'", "not vector tiles"),
            ("UPDATE tiles SET tile_data = 7", "not vector tiles"),
            ("UPDATE tiles SET tile_data = x'89504e470d0a'", "not vector tiles"),
            (endless, "takes too long"),
            ("UPDATE tiles SET tile_data = zeroblob(9000000)", "more than 8388608 bytes"),
            (
                "DROP TABLE metadata; CREATE VIEW metadata AS SELECT load_extension('x') AS name, 'y' AS value",
                "lacks the tables"
            ),
        ])
    func whatIsNoBasemapIsRefused(change: String, reason: String) async throws {
        try await inFolder { folder in
            let path = folder.appendingPathComponent("sol.mbtiles").path
            try SampleGround.writeTiles(at: path, change: change)
            let error = try #require(throws: StoreError.self) { try Basemap(path: path) }
            #expect(error.description.contains(reason), "\(error)")
            #expect(error.description.hasPrefix("the basemap \(path) cannot be used: "))
        }
    }

    @Test("A file that is missing, a folder, something else or cut short is refused, and never a crash")
    func brokenFiles() async throws {
        try await inFolder { folder in
            let whole = try Data(contentsOf: URL(fileURLWithPath: SampleGround(in: folder).basemapPath))
            let place = folder.appendingPathComponent("autre.mbtiles")
            #expect(throws: StoreError.notABasemap(path: place.path, reason: "there is no such file")) {
                try Basemap(path: place.path)
            }
            #expect(throws: StoreError.self) { try Basemap(path: folder.path) }
            for bytes in [Data(), Data("no database".utf8), whole.prefix(100), whole.prefix(5_000), whole.dropLast(1)] {
                try bytes.write(to: place)
                #expect(throws: StoreError.self, "\(bytes.count)") { try Basemap(path: place.path) }
            }
        }
    }

    @Test("Bytes changed at random end in a refusal, a tile or a damaged one, and never a crash")
    func bytesChangedAtRandom() async throws {
        try await inFolder { folder in
            let whole = try Data(contentsOf: URL(fileURLWithPath: SampleGround(in: folder).basemapPath))
            let seed: UInt64 = 20_261_122
            var random = SeededGenerator(seed: seed)
            let place = folder.appendingPathComponent("autre.mbtiles")
            var opened = 0
            for _ in 0..<100 {
                var bytes = whole
                for _ in 0..<8 {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                try bytes.write(to: place)
                guard let basemap = try? Basemap(path: place.path) else { continue }
                opened += 1
                _ = try? await basemap.tile(at: TileAddress(zoom: 8, column: 129, row: 88))
            }
            #expect(opened > 0 && opened < 100, "seed \(seed): \(opened) opened")
        }
    }

    @Test("A tile that is no blob is damaged, and the others still answer")
    func damagedTile() async throws {
        try await inFolder { folder in
            let path = folder.appendingPathComponent("sol.mbtiles").path
            try SampleGround.writeTiles(at: path, change: "UPDATE tiles SET tile_data = 'words' WHERE zoom_level = 0")
            let basemap = try Basemap(path: path)
            await #expect(throws: StoreError.damagedBasemap(path: path)) {
                _ = try await basemap.tile(at: TileAddress(zoom: 0, column: 0, row: 0))
            }
            #expect(try await basemap.tile(at: TileAddress(zoom: 8, column: 129, row: 88)) != nil)
        }
    }

    @Test("Names that are no JSON object are refused, and none are no fault", arguments: ["[1]", "{", "", "\u{0}"])
    func namesAreLookedAt(names: String) async throws {
        try await inFolder { folder in
            let path = try SampleGround(in: folder).basemapPath
            let place = folder.appendingPathComponent("sol.names.json")
            try Data(names.utf8).write(to: place)
            #expect(throws: StoreError.self) { try Basemap(path: path) }
            try FileManager.default.removeItem(at: place)
            #expect(try Basemap(path: path).names == nil)
        }
    }

    private func contents(of folder: URL) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, (try? Data(contentsOf: folder.appendingPathComponent($0))) ?? Data())
            })
    }

    private func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lieudit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }
}
