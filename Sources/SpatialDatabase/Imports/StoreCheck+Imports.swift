extension StoreCheck {
    /// What would be taken back, or changed, in another layer than the one it was brought into.
    static let importCounts = [
        (
            "imported into another layer than it stands in",
            """
            SELECT count(*) FROM imported_feature AS f JOIN contribution AS c ON c.number = f.contribution
            JOIN import_run AS run ON run.number IN (f.added_in, f.changed_in) WHERE run.layer <> c.layer
            """
        ),
        (
            "known under a key of another layer, or under one without its import",
            """
            SELECT count(*) FROM import_key AS k JOIN contribution AS c ON c.number = k.contribution
            LEFT JOIN imported_feature AS f ON f.contribution = k.contribution
            WHERE k.layer <> c.layer OR f.contribution IS NULL
            """
        ),
    ]
}
