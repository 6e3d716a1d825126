import Contributions
import Foundation
import MapGeometry
@testable import SpatialDatabase

/// A real store in a folder of its own, which goes with it.
final class TemporaryStore {
    let store: SpatialStore
    let path: String
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("lieudit-\(UUID().uuidString)")
        path = folder.appendingPathComponent("store.sqlite").path
        store = try SpatialStore.openForWriting(path: path)
    }

    deinit {
        try? store.close()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// A deterministic source of numbers (SplitMix64; Steele, Lea and Flood, OOPSLA 2014).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension Publication {
    /// A feature with the least there can be around its geometry.
    static func sample(
        _ geometry: Geometry?, kind: Kind = .place, title: String = "Ici", text: String = "", themes: [String] = [],
        when: String? = nil, using generator: inout SeededGenerator
    ) throws -> Publication {
        Publication(
            identifier: .random(using: &generator),
            contribution: try Contribution(
                kind: kind, title: title, text: text, themes: themes, when: when.map { try ExtendedDate($0) },
                geometry: geometry),
            feature: Array(#"{"type":"Feature","properties":{}}"#.utf8), propertiesOffset: 31
        )
    }
}
