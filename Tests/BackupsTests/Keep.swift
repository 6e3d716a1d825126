import Contributions
import Curation
import Foundation
import MapGeometry
import SpatialDatabase
import TestSupport

@testable import Backups

/// A store with layers that are written to and erased from, and a folder for backups beside it.
struct Keep {
    static let moment = Date(timeIntervalSince1970: 1_795_345_200)

    let temporary: TemporaryStore
    let layers: PublishedLayers
    let folder: String

    init(layers names: [String] = ["quartier"]) async throws {
        temporary = try TemporaryStore()
        folder = temporary.folder.appendingPathComponent("backups").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await temporary.store.write { transaction in
            for name in names { try transaction.create(Layer(identifier: LayerIdentifier(name))) }
        }
        layers = try PublishedLayers(store: temporary.store)
    }

    var store: SpatialStore { temporary.store }
    var tombstones: String { temporary.path + ".tombstones" }
    var participation: Participation { Participation(layers: layers, localTime: .paris) }

    func give(_ count: Int, to layer: String = "quartier", _ generator: inout SeededGenerator) async throws
        -> [PublicIdentifier]
    {
        var given: [Publication] = []
        for number in 0..<count {
            given.append(
                Publication(
                    identifier: .random(using: &generator),
                    contribution: try Contribution(
                        kind: .place, title: "Lieu \(number)",
                        geometry: .point(Coordinate(clampingLongitude: 2.38, latitude: 48.87))),
                    feature: Array(#"{"type":"Feature","properties":{}}"#.utf8), propertiesOffset: 31))
        }
        let all = given
        try await store.write { transaction in
            for publication in all { try transaction.publish(publication, in: LayerIdentifier(layer)) }
        }
        return given.map(\.identifier)
    }

    func erase(_ identifier: PublicIdentifier) async throws {
        try await participation.erase(identifier, at: Int64(Self.moment.timeIntervalSince1970))
    }

    func backUp(for recipient: BackupPublicKey? = nil, at moment: Date = moment) throws -> Backup {
        try Backup.make(of: temporary.path, tombstones: tombstones, to: folder, for: recipient, at: moment)
    }

    var place: String { temporary.folder.appendingPathComponent("restored-\(UUID().uuidString).sqlite").path }

    @discardableResult
    func restore(
        _ path: String, key: BackupPrivateKey? = nil, memory: Restoration.Memory? = nil, to place: String
    ) async throws -> Restoration.Outcome {
        try await Restoration(of: path, key: key).run(
            to: place, memory: memory ?? .file(tombstones), localTime: .paris, at: Self.moment)
    }

    /// The ids of the published features of a store that nobody else writes to.
    static func published(_ path: String) throws -> Set<PublicIdentifier> {
        let store = try SpatialStore.openForReading(path: path)
        defer { try? store.close() }
        var all: Set<PublicIdentifier> = []
        try store.forEachPublished { all.insert(PublicIdentifier(bits: $0.identifier)) }
        return all
    }

    /// Names in the folder of the store that restoring might have left.
    func leftovers() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: temporary.folder.path)
            .filter { $0.contains(".restoring-") || $0.contains(".copy-") || $0.hasSuffix(".part") }
    }
}
