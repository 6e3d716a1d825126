import Foundation
import SpatialDatabase
import TestSupport

@testable import MapServer

extension SampleGround {
    /// Runs `body` with a ground that goes when it has ended.
    static func inFolder(_ body: (SampleGround) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lieudit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(SampleGround(in: folder))
    }
}

extension MapServerConfiguration {
    func with(_ ground: SampleGround) throws -> MapServerConfiguration {
        var configuration = self
        configuration.basemap = try Basemap(path: ground.basemapPath)
        configuration.fontsPath = ground.fontsPath
        return configuration
    }
}
