package import MapGeometry

/// What an embed may show at most; each condition is about what is published, and nil or empty sets none.
package struct EmbedPins: Equatable, Sendable {
    package var region: Region?
    package var kinds: Set<Kind>
    /// One of these is needed.
    package var themes: [String]
    /// A feature without a time is in every period, as in `datetime`.
    package var period: ExtendedDate?

    package init(region: Region? = nil, kinds: Set<Kind> = [], themes: [String] = [], period: ExtendedDate? = nil) {
        self.region = region
        self.kinds = kinds
        self.themes = themes
        self.period = period
    }

    /// Whether a published feature may show.
    /// - Parameter seconds: its time, both ends included.
    package func take(
        kind: UInt8, themes: [String], seconds: ClosedRange<Int64>?, geometry: Geometry?, isCell: Bool
    ) -> Bool {
        StandingRule(kinds: kinds, themes: self.themes).takes(kind: kind, themes: themes)
            && (seconds.map { period?.seconds.overlaps($0) ?? true } ?? true)
            && (region?.holds(geometry, isCell: isCell) ?? true)
    }
}

/// What a partner clears once for all that comes: of what the embed may show, these kinds and themes. Empty takes all.
package struct StandingRule: Equatable, Sendable {
    package var kinds: Set<Kind>
    package var themes: [String]

    package init(kinds: Set<Kind> = [], themes: [String] = []) {
        self.kinds = kinds
        self.themes = themes
    }

    /// - Parameter kind: by its number.
    package func takes(kind: UInt8, themes: [String]) -> Bool {
        (kinds.isEmpty || kinds.contains { $0.number == kind })
            && (self.themes.isEmpty || themes.contains(where: self.themes.contains))
    }
}
