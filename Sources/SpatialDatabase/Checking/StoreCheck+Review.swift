extension StoreCheck {
    /// What would never be looked at, or never end.
    static let reviewCounts = [
        (
            "review awaited without a cause",
            """
            SELECT count(*) FROM contribution WHERE awaits_review = 1
              AND number NOT IN (SELECT contribution FROM proposal)
              AND number NOT IN (SELECT contribution FROM inquiry WHERE answer IS NOT NULL)
            """
        ),
        (
            "change that nobody would review",
            """
            SELECT count(*) FROM proposal JOIN contribution ON contribution.number = proposal.contribution
            LEFT JOIN inquiry ON inquiry.contribution = contribution.number
            WHERE awaits_review = 0 AND inquiry.question IS NULL
            """
        ),
        (
            "contribution held without a question",
            """
            SELECT count(*) FROM contribution WHERE state = 'asked'
              AND number NOT IN (SELECT contribution FROM inquiry WHERE question IS NOT NULL)
            """
        ),
    ]
}
