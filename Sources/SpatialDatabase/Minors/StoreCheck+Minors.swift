import GRDB

extension StoreCheck {
    /// What must hold for everybody under 15 (`trust.md`, RG3 and RG4).
    mutating func addMinors(_ database: Database) throws {
        for (subject, sql) in Self.invariants {
            let count = try Int.fetchOne(database, sql: sql) ?? 0
            add(subject, String(count), isFine: count == 0)
        }
    }

    private static let invariants = [
        (
            "published of somebody under 15 without a parent's agreement",
            """
            SELECT count(*) FROM published_feature JOIN age_band ON age_band.contribution = published_feature.number
            JOIN contribution ON contribution.number = published_feature.number
            LEFT JOIN parent_agreement ON parent_agreement.contribution = published_feature.number
            WHERE band = 'under-15' AND is_on_paper IS NOT 1 AND (agreed_at IS NULL OR NOT EXISTS (
                SELECT 1 FROM consent WHERE consent.handle = contribution.handle AND purpose = 'parent'
                AND withdrawn_at IS NULL))
            """
        ),
        (
            "given by somebody under 15 more finely than wide, or signed",
            """
            SELECT count(*) FROM age_band JOIN (
                SELECT number, precision, author FROM contribution
                UNION ALL SELECT contribution, precision, author FROM proposal) AS given ON given.number = contribution
            WHERE band = 'under-15' AND (precision NOT IN ('wide', 'none') OR author IS NOT NULL)
            """
        ),
        (
            "waiting for a parent whom nobody asks",
            """
            SELECT count(*) FROM contribution LEFT JOIN parent_agreement ON parent_agreement.contribution = number
            WHERE state = 'awaiting-parent' AND answer_by IS NULL
            """
        ),
    ]
}
