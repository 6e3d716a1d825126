package import Contributions
import SpatialDatabase

extension Participation {
    /// Writes into the journal that somebody has brought a file in.
    package func noteImport(
        of count: Int, into layer: LayerIdentifier, by token: AccessToken, at now: Int64
    ) async throws {
        try await layers.store.write { transaction in
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: token.identifier.description, act: "import", subject: layer.text,
                    detail: String(count), layer: layer))
        }
    }
}
