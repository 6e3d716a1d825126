import Foundation
import GRDB
package import MapGeometry

/// The ground under the map: an MBTiles file of vector tiles, which `Tools/basemap` makes from OpenStreetMap.
///
/// It is no store of ours and holds nothing that people gave. It is opened read-only and as a file that nobody
/// changes, without SpatiaLite, and nothing in it is believed before it has been looked at.
///
/// ```swift
/// let basemap = try Basemap(path: "data/basemap.mbtiles")
/// let tile = try await basemap.tile(at: TileAddress(zoom: 14, column: 8300, row: 5636))
/// ```
/// Source: MBTiles Specification 1.3.
package struct Basemap: Sendable {
    package let path: String
    /// Those that have tiles; a map stretches the tiles of the last one.
    package let zooms: ClosedRange<Int>
    /// The ground that it covers; nil when the file does not say.
    package let bounds: BoundingBox?
    /// Whom to thank for it, in words; nil when the file does not say.
    package let attribution: String?
    /// The JSON object of the file whose `vector_layers` says what the tiles hold; nil when there is none.
    package let description: String?
    /// The JSON document of the file `….names.json` beside it; nil when there is none.
    package let names: [UInt8]?
    private let file: TileFile

    /// The largest file of names: what a phone may be asked to search.
    static let longestNames = 4 << 20

    /// - Throws: `StoreError.notABasemap`.
    package init(path: String) throws(StoreError) {
        file = try TileFile(path: path)
        let metadata = try file.metadata()
        guard metadata["format"] == "pbf" else {
            throw .notABasemap(path: path, reason: "its tiles are not vector tiles (metadata: format)")
        }
        self.path = path
        zooms = try file.zooms()
        bounds = metadata["bounds"].flatMap(Basemap.box)
        attribution = metadata["attribution"].flatMap { $0.isEmpty ? nil : $0 }
        description = metadata["json"]
        names = try Basemap.names(beside: path)
    }

    /// A tile as it is stored, compressed with gzip or not; nil where there is none.
    /// - Throws: `StoreError.damagedBasemap`.
    package func tile(at address: TileAddress) async throws(StoreError) -> [UInt8]? {
        try await file.tile(at: address)
    }

    /// West, south, east, north in degrees, with commas; nil for anything else.
    private static func box(_ text: String) -> BoundingBox? {
        let numbers = text.split(separator: ",").compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
        guard numbers.count == 4, numbers.allSatisfy(\.isFinite) else { return nil }
        return try? BoundingBox(west: numbers[0], south: numbers[1], east: numbers[2], north: numbers[3])
    }

    /// `paris.mbtiles` has its names in `paris.names.json`.
    private static func names(beside path: String) throws(StoreError) -> [UInt8]? {
        let place = URL(fileURLWithPath: path).deletingPathExtension().appendingPathExtension("names.json")
        guard let data = FileManager.default.contents(atPath: place.path) else { return nil }
        guard data.count <= longestNames, (try? JSONSerialization.jsonObject(with: data)) is [String: Any] else {
            throw .notABasemap(
                path: place.path, reason: "it is no JSON object, or larger than \(longestNames) bytes")
        }
        return Array(data)
    }
}
