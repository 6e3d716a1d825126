extension StoreCheck {
    /// What would be changed in one layer by what another copies. Nothing stands for what was erased here.
    static let mirrorCounts = [
        (
            "copied feature whose contribution is of another layer",
            """
            SELECT count(*) FROM mirrored_feature AS m LEFT JOIN contribution AS c ON c.number = m.contribution
            WHERE m.contribution IS NOT NULL AND c.layer IS NOT m.layer
            """
        )
    ]
}
