package import Contributions
import Foundation
import GRDB
import MapGeometry

/// What can be written in one transaction. Valid only inside the closure that it is given to.
package struct StoreTransaction {
    let database: Database
    /// Nil where nothing is written.
    var departures: Departures?
    /// Who watches the database; nil for nobody.
    var slowQueries: SlowQueries?

    /// - Throws: `StoreError.layerExists`.
    package func create(_ layer: Layer) throws {
        guard try LayerRecord.number(of: layer.identifier, database) == nil else {
            throw StoreError.layerExists(layer.identifier)
        }
        try LayerRecord.insert(layer, database)
    }

    /// Gives a layer other rules; what it takes and shows is judged by them from now on.
    /// - Throws: `StoreError.unknownLayer`.
    package func change(_ layer: Layer) throws {
        try LayerRecord.update(layer, number: try requireLayer(layer.identifier), database)
    }

    /// Removes a layer and everything in it; returns how many features were public.
    /// - Throws: `StoreError.unknownLayer`.
    @discardableResult
    package func deleteLayer(_ identifier: LayerIdentifier) throws -> Int {
        let number = try requireLayer(identifier)
        try database.execute(
            sql: """
                UPDATE consent SET withdrawn_at = CAST(strftime('%s') AS INTEGER) WHERE withdrawn_at IS NULL
                AND handle IN (SELECT handle FROM contribution WHERE layer = ?)
                """, arguments: [number])
        let count = try removeFeatures(ofLayer: number)
        try bury(Tombstone(of: identifier))
        for table in ["change", "invitation", "access_token"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE layer = ?", arguments: [number])
        }
        try database.execute(sql: "DELETE FROM layer WHERE number = ?", arguments: [number])
        return count
    }

    /// Writes a contribution and its public face, with the spatial index, the words and the change feed.
    /// - Throws: `StoreError.unknownLayer`, `StoreError.duplicateIdentifier`.
    package func publish(_ publication: Publication, in layer: LayerIdentifier) throws {
        try insert(publication, layer: try requireLayer(layer))
    }

    /// Publishes one after the other until `next` gives nil. Returns how many. Fastest in the order of Hilbert keys, in
    /// which pages of the store and of its spatial index fill one after the other.
    ///
    /// - Parameter inserted: told the row of each contribution, which means something inside the same transaction only.
    package func publishAll(
        in layer: LayerIdentifier, next: () throws -> PublicationRow?, inserted: (Int64) throws -> Void = { _ in }
    ) throws -> Int {
        var inserter = try PublicationInserter(database, layer: try requireLayer(layer))
        // The usual 2 MB would write a page of the random ids' trees to the disk for nearly every row.
        try database.execute(sql: "PRAGMA cache_size = -\(Self.largeCacheKibibytes)")
        defer { try? database.execute(sql: "PRAGMA cache_size = -2000") }
        // A statement of one row is never slow, and asking twice for the time of each costs as much as some of them.
        slowQueries?.rest(database)
        defer { slowQueries?.watch(database) }
        var count = 0
        while let row = try next() {
            try inserted(inserter.insert(row))
            count += 1
        }
        try inserter.finish()
        return count
    }

    /// What the pages of the store may take in memory while much is brought in.
    private static let largeCacheKibibytes = 262_144

    package func hasLayer(_ identifier: LayerIdentifier) throws -> Bool {
        try LayerRecord.number(of: identifier, database) != nil
    }

    /// The layer with its rules, as they are now.
    /// - Throws: `StoreError.unknownLayer`.
    package func layer(_ identifier: LayerIdentifier) throws -> Layer {
        guard let layer = try LayerRecord.fetch(identifier, database) else {
            throw StoreError.unknownLayer(identifier)
        }
        return layer
    }

    func requireLayer(_ identifier: LayerIdentifier) throws -> Int64 {
        guard let number = try LayerRecord.number(of: identifier, database) else {
            throw StoreError.unknownLayer(identifier)
        }
        return number
    }
}

/// A contribution as it is about to become public.
package struct Publication: Sendable {
    package let identifier: PublicIdentifier
    package let contribution: Contribution
    /// The feature's GeoJSON, encoded once.
    package let feature: [UInt8]
    /// Where the value of "properties" begins in `feature`.
    package let propertiesOffset: Int

    package init(
        identifier: PublicIdentifier, contribution: Contribution, feature: [UInt8], propertiesOffset: Int
    ) {
        self.identifier = identifier
        self.contribution = contribution
        self.feature = feature
        self.propertiesOffset = propertiesOffset
    }
}
