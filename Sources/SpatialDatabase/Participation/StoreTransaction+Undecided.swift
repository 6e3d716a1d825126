package import Contributions
import Foundation
import GRDB

extension StoreTransaction {
    /// What nobody has decided about yet, in the order of ids: what waits for a curator, and what is held until its
    /// author has answered one. What still waits for a parent's word is nobody's to read.
    /// - Parameter after: the last of the page before.
    /// - Throws: `StoreError.unknownLayer`.
    package func undecided(
        in layer: LayerIdentifier, after: PublicIdentifier?, limit: Int
    ) throws -> [StoredContribution] {
        try StoredContribution.fetch(
            database, where: Self.isUndecided,
            [try requireLayer(layer), after.map { Data($0.bytes) } ?? Data(), limit])
    }

    /// The ids are put in order within the index; only those of the page are read whole.
    static let isUndecided = """
        contribution.number IN (
            SELECT number FROM contribution
            WHERE layer = ? AND state IN ('pending', 'asked') AND state <> 'published' AND public_id > ?
              AND number NOT IN (SELECT contribution FROM parent_agreement WHERE answer_by IS NOT NULL)
            ORDER BY public_id LIMIT ?)
        ORDER BY contribution.public_id
        """
}
