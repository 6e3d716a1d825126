package import Contributions
import Foundation
import GRDB

/// What authors and curators do to single contributions. Each function does one thing to the tables; who may do
/// what, and when, is decided by who calls.
extension StoreTransaction {
    /// Writes a contribution that waits for review, with the proof of consent and the receipt.
    /// - Throws: `StoreError.unknownLayer`, `StoreError.duplicateIdentifier`.
    package func add(_ new: NewContribution, in layer: LayerIdentifier) throws -> StoredContribution {
        let layerNumber = try requireLayer(layer)
        let number = try insertContribution(
            new.content, identifier: new.identifier, layer: layerNumber, state: new.firstState, handle: new.handle,
            moment: new.moment)
        try add(new.consent, of: new.handle)
        try insert(new.receipt, contribution: number)
        try insertAge(of: new, contribution: number)
        return StoredContribution(
            number: number, identifier: new.identifier, layer: layer, state: new.firstState, revision: 1,
            content: new.content, proposal: nil, inquiry: nil, hider: nil, month: nil, releaseAt: nil, expiresAt: nil,
            wasPublic: false,
            wasFiner: false, isPublic: false, handle: new.handle, ageBand: new.ageBand, parent: new.parent?.agreement)
    }

    /// The contribution with that id, whatever its state; nil when the layer has none.
    package func contribution(
        _ identifier: PublicIdentifier, in layer: LayerIdentifier
    ) throws -> StoredContribution? {
        try StoredContribution.fetch(
            database, where: "contribution.public_id = ? AND layer.identifier = ?",
            [Data(identifier.bytes), layer.text]
        ).first
    }

    /// The same as it is now.
    /// - Throws: `StoreError.damagedRow` when it is not there any more.
    package func reread(_ stored: StoredContribution) throws -> StoredContribution {
        guard let now = try StoredContribution.fetch(database, where: "contribution.number = ?", [stored.number]).first
        else { throw StoreError.damagedRow(table: "contribution", number: stored.number) }
        return now
    }

    /// Replaces what waits to be reviewed for the first time, what was asked about or what was refused: it waits for a
    /// curator again, or for a parent still.
    package func replace(
        _ stored: StoredContribution, with content: Contribution, identifier: PublicIdentifier, at moment: Int64
    ) throws {
        try replaceContent(of: stored, with: content)
        try rename(stored, to: identifier)
        try database.execute(
            sql: """
                UPDATE contribution SET revision = revision + 1, hidden_by = NULL, state_since = ?, awaits_review = 0,
                    state = CASE state WHEN 'awaiting-parent' THEN state ELSE 'pending' END
                WHERE number = ?
                """, arguments: [moment, stored.number])
        try recount()
    }

    /// Keeps what the author has changed beside what stands, until it is reviewed.
    package func propose(_ content: Contribution, for stored: StoredContribution) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO proposal (contribution, \(ContributionColumns.names))
                VALUES (?, \(ContributionColumns.marks))
                """, arguments: [stored.number] + ContributionColumns.arguments(content))
        try database.execute(
            sql: "UPDATE contribution SET revision = revision + 1, awaits_review = 1 WHERE number = ?",
            arguments: [stored.number])
    }

    /// Makes `content` what stands, under `identifier`, and drops what was proposed beside it.
    package func settle(
        _ stored: StoredContribution, as content: Contribution, identifier: PublicIdentifier
    ) throws {
        try replaceContent(of: stored, with: content)
        try rename(stored, to: identifier)
        try dropProposal(of: stored)
    }

    /// Puts something else in the place of what stands, under the same id; what was proposed beside it stays.
    package func replaceContent(of stored: StoredContribution, with content: Contribution) throws {
        let isCoarser = stored.wasPublic && stored.content.precision.isFiner(than: content.precision)
        try database.execute(
            sql: """
                UPDATE contribution SET \(ContributionColumns.assignments), was_finer = was_finer OR ? WHERE number = ?
                """, arguments: ContributionColumns.arguments(content) + [isCoarser, stored.number])
    }

    /// Under another id, nothing of it has been public yet.
    private func rename(_ stored: StoredContribution, to identifier: PublicIdentifier) throws {
        guard identifier != stored.identifier else { return }
        if stored.wasPublic { try bury(Tombstone(.moved, of: stored.identifier)) }
        try database.execute(
            sql: "UPDATE contribution SET public_id = ?, was_public = 0, was_finer = 0 WHERE number = ?",
            arguments: [Data(identifier.bytes), stored.number])
    }

    /// Puts something else in the place of what was proposed.
    package func replaceProposal(of stored: StoredContribution, with content: Contribution) throws {
        try database.execute(
            sql: "UPDATE proposal SET \(ContributionColumns.assignments) WHERE contribution = ?",
            arguments: ContributionColumns.arguments(content) + [stored.number])
    }

    /// - Parameter release: seconds since 1970 UTC at which what is published becomes public; nil for at once.
    /// - Parameter hider: who takes it out of sight, exactly when the state is `hidden`.
    package func set(
        _ state: ContributionState, of stored: StoredContribution, release: Int64? = nil, hider: Hider? = nil,
        at moment: Int64
    ) throws {
        try database.cachedStatement(
            sql: "UPDATE contribution SET state = ?, release_at = ?, hidden_by = ?, state_since = ? WHERE number = ?"
        ).execute(arguments: [state.rawValue, release, hider?.rawValue, moment, stored.number])
    }

    /// Drops what the author has changed and nobody has accepted. What they say to a decision waits still.
    package func dropProposal(of stored: StoredContribution) throws {
        try database.cachedStatement(sql: "DELETE FROM proposal WHERE contribution = ?")
            .execute(arguments: [stored.number])
        try ceaseAskingParent(about: stored)
        try database.cachedStatement(
            sql: """
                UPDATE contribution SET awaits_review = EXISTS (
                    SELECT 1 FROM inquiry WHERE contribution = contribution.number AND answer IS NOT NULL)
                WHERE number = ? AND awaits_review = 1
                """
        ).execute(arguments: [stored.number])
    }

    /// Takes a contribution out of every table that holds something of it. What stays is the proof of consent,
    /// marked as withdrawn, and a hash of its id, so that a backup cannot bring it back.
    package func erase(_ stored: StoredContribution, at moment: Int64) throws {
        if stored.isPublic || stored.wasPublic { try withdrawFromPublic(stored) }
        try closeReports(about: stored, at: moment)
        try bury(Tombstone(.erased, of: stored.identifier))
        if let handle = stored.handle {
            try database.execute(
                sql: "UPDATE consent SET withdrawn_at = ? WHERE handle = ? AND withdrawn_at IS NULL",
                arguments: [moment, Data(handle.bytes)])
        }
        try database.execute(sql: "DELETE FROM contribution WHERE number = ?", arguments: [stored.number])
    }

    func insertContribution(
        _ content: Contribution, identifier: PublicIdentifier, layer: Int64, state: ContributionState,
        handle: PublicIdentifier?, moment: Int64
    ) throws -> Int64 {
        do {
            try database.cachedStatement(
                sql: """
                    INSERT INTO contribution (public_id, layer, state, \(ContributionColumns.names), was_public, state_since,
                                              handle)
                    VALUES (?, ?, ?, \(ContributionColumns.marks), ?, ?, ?)
                    """
            ).execute(
                arguments: [Data(identifier.bytes), layer, state.rawValue]
                    + ContributionColumns.arguments(content)
                    + [state == .published, moment, handle.map { Data($0.bytes) }])
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            throw StoreError.duplicateIdentifier(identifier)
        }
        return database.lastInsertedRowID
    }

    /// Whoever changed nothing had a row that was gone already.
    private func recount() throws {
        guard database.changesCount == 1 else { throw StoreError.damagedRow(table: "contribution", number: 0) }
    }
}

extension StoredContribution {
    static func fetch(
        _ database: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [StoredContribution] {
        try Row.fetchAll(database, sql: selection + condition, arguments: arguments).map { try StoredContribution($0) }
    }

    /// All that is known of a contribution in one row; a condition follows.
    static let selection = """
        SELECT contribution.*, layer.identifier AS layer_identifier, published_feature.number IS NOT NULL AS is_public,
               proposal.contribution IS NOT NULL AS has_proposal, \(ContributionColumns.named(after: "proposal")),
               inquiry.question, inquiry.answer, \(Minority.columns)
        FROM contribution JOIN layer ON layer.number = contribution.layer
        LEFT JOIN published_feature ON published_feature.number = contribution.number
        LEFT JOIN proposal ON proposal.contribution = contribution.number
        LEFT JOIN inquiry ON inquiry.contribution = contribution.number
        \(Minority.joins)
        WHERE\u{20}
        """

    private init(_ row: Row) throws {
        let number: Int64 = row["number"]
        guard let identifier = PublicIdentifier(bytes: row["public_id"] as Data),
            let state = ContributionState(rawValue: row["state"])
        else { throw StoreError.damagedRow(table: "contribution", number: number) }
        self.number = number
        self.identifier = identifier
        self.state = state
        layer = try LayerIdentifier(row["layer_identifier"])
        revision = row["revision"]
        content = try ContributionColumns.contribution(row, table: "contribution", number: number)
        proposal =
            row["has_proposal"]
            ? try ContributionColumns.contribution(row, table: "proposal", number: number, prefix: "proposal_") : nil
        let (question, answer) = (row["question"] as String?, row["answer"] as String?)
        inquiry = question == nil && answer == nil ? nil : Inquiry(question: question, answer: answer)
        month = row["month"]
        hider = (row["hidden_by"] as String?).flatMap(Hider.init)
        releaseAt = row["release_at"]
        expiresAt = row["expires_at"]
        wasPublic = row["was_public"]
        wasFiner = row["was_finer"]
        isPublic = row["is_public"]
        handle = (row["handle"] as Data?).flatMap { PublicIdentifier(bytes: $0) }
        (ageBand, parent) = Minority.read(row)
    }
}
