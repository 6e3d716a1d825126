package import Foundation
import GRDB

/// A basemap of one street, its names and a font of one range, in a folder.
package struct SampleGround: Sendable {
    package let basemapPath: String
    package let fontsPath: String

    /// A vector tile with the line “Rue des Essais” across its middle, in the layer `street`.
    package static let tile = bytes(
        "Gkl4AgoGc3RyZWV0EhISBAAAAQEYAiIICQCAIAqAQAAaBWNsYXNzGgRuYW1lIgcKBW1pbm9yIhAKDlJ1ZSBkZXMgRXNzYWlzKIAg")
    /// The same in gzip's format.
    package static let compressedTile = bytes(
        "H4sIAAAAAAACA5PyrGDiYisuKUpNLRESEmJhYGBklGBS4uBkaFDganBgkGJNzkksLpZiyUvMTVVi52LNzczLL1IS4OILKk1VSEktVnAtLk7MLNZoUAAADqoBWUsAAAA="
    )
    package static let names = #"{"attribution":"OSM","names":[["Rue des Essais","street",2.373,48.864]]}"#
    /// What stands in for a file of glyphs.
    package static let glyphs: [UInt8] = [0x0A, 0x03, 0x0A, 0x01, 0x41]

    /// Where the tile stands: over Paris.
    package static let address = (zoom: 8, column: 129, row: 88)

    package init(in folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let basemap = folder.appendingPathComponent("sol.mbtiles")
        try Self.writeTiles(at: basemap.path)
        try Data(Self.names.utf8).write(to: folder.appendingPathComponent("sol.names.json"))
        let fonts = folder.appendingPathComponent("fonts")
        let font = fonts.appendingPathComponent("Noto Sans Regular")
        try FileManager.default.createDirectory(at: font, withIntermediateDirectories: true)
        try Data(Self.glyphs).write(to: font.appendingPathComponent("0-255.pbf"))
        basemapPath = basemap.path
        fontsPath = fonts.path
    }

    /// - Parameter change: SQL carried out at the end, for what is wrong with the file.
    package static func writeTiles(at path: String, change: String = "") throws {
        let database = try DatabaseQueue(path: path)
        try database.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE metadata (name text, value text);
                    CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);
                    CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);
                    INSERT INTO metadata VALUES ('format', 'pbf'), ('bounds', '2.3,48.8,2.4,48.9'),
                        ('attribution', '© OpenStreetMap contributors, ODbL'),
                        ('json', '{"vector_layers":[{"id":"street","fields":{"class":"String","name":"String"}}]}');
                    """)
            // MBTiles counts rows from the south.
            try database.execute(
                sql: "INSERT INTO tiles VALUES (?, ?, ?, ?), (0, 0, 0, ?)",
                arguments: [
                    address.zoom, address.column, (1 << address.zoom) - 1 - address.row, Data(compressedTile),
                    Data(tile),
                ])
            try database.execute(sql: change)
        }
        try database.close()
    }

    private static func bytes(_ base64: String) -> [UInt8] { Data(base64Encoded: base64).map(Array.init) ?? [] }
}
