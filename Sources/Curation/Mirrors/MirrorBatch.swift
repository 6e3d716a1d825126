package import Contributions
import Foundation
package import MapFormats
package import SpatialDatabase

/// What one page of another server has changed in the copy here: all of it is kept in one transaction, or nothing.
package struct MirrorBatch: Codable, Sendable {
    package let layer: String
    package let source: String
    /// How far the copy has been read once this is kept.
    package let progress: Mirror.Progress
    /// The page that was read; nil where it was no page of features.
    package var page: Mirror.Page?
    /// Where those stand that are new or changed; nil for none.
    package var stagedPath: String?
    package var stagedCount = 0
    /// Those that are not there any more, as hexadecimal digits.
    package var gone: [String] = []

    package init(layer: LayerIdentifier, source: String, progress: Mirror.Progress) {
        self.layer = layer.text
        self.source = source
        self.progress = progress
    }

    /// So many fit in one line of the operator's socket.
    package static let mostGone = 1_000

    /// Where those stand that were heard of and not read on a page.
    static let noPage = -1

    package struct Outcome: Codable, Equatable, Sendable {
        package var added = 0
        package var changed = 0
        package var withdrawn = 0

        package init() {}
    }
}

/// What was read of one feature of theirs, as it would stand here.
package struct MirroredFeature: Sendable {
    package let key: Mirror.Key
    package let contribution: Contribution
    /// Of all that is published of it.
    package let digest: UInt128

    /// - Throws: `ContributionError`, `FormatError`.
    package init(_ key: Mirror.Key, _ contribution: Contribution) throws {
        self.key = key
        self.contribution = contribution
        digest = try Self.digest(of: contribution)
    }

    static func digest(of contribution: Contribution) throws -> UInt128 {
        let nobody = PublicIdentifier(bits: 0)
        return Digest(of: try PublishedFeature.publication(of: contribution, identifier: nobody).feature).half
    }
}

/// Features on their way from the process that has fetched them to the one that writes.
package struct MirrorStaging {
    private var bytes: [UInt8] = []
    private var count = 0
    private let writer = GeoJSONWriter(decimals: PublishedFeature.decimals)

    package init() {}

    package var isEmpty: Bool { count == 0 }

    package mutating func append(_ feature: MirroredFeature) throws {
        writer.append(
            GeoJSONFeature(
                identifier: String(feature.key.bits, radix: 16), geometry: feature.contribution.geometry,
                properties: try PublishedFeature.properties(of: feature.contribution)),
            to: &bytes)
        bytes.append(0x0A)
        count += 1
    }

    /// Puts them aside beside a store, readable by its owner only.
    /// - Throws: `ImportError.cannotStage`.
    package func write(besideStore store: String) throws -> StagedImport {
        var staged = try StagedImport(path: StagedImport.newPath(besideStore: store))
        staged.count = count
        guard let handle = FileHandle(forWritingAtPath: staged.path) else {
            throw ImportError.cannotStage(reason: String(cString: strerror(errno)))
        }
        do {
            try handle.write(contentsOf: bytes)
            try handle.close()
        } catch {
            staged.remove()
            throw ImportError.cannotStage(reason: error.localizedDescription)
        }
        return staged
    }
}
