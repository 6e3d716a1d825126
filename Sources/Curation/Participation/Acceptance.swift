package import Contributions
package import MapGeometry

/// What somebody is told who has just contributed.
package struct Acceptance: Sendable {
    package let identifier: PublicIdentifier
    package let state: ContributionState
    /// What shows, or will show, on the map.
    package let shows: Shown
    /// Given this once.
    package let receipt: Receipt
    /// What somebody under 15 hands on to a parent; nil for everybody else.
    package var parent: ParentRequest?

    /// The code with which a parent answers, given this once.
    package struct ParentRequest: Equatable, Sendable {
        package let code: PaperCode
        /// Seconds since 1970 UTC.
        package let answerBy: Int64
    }

    package struct Shown: Equatable, Sendable {
        package let precision: Precision
        package let geometry: Geometry?
        package let cell: GridCell?

        init(_ content: Contribution) {
            precision = content.precision
            geometry = content.geometry
            cell = content.cell
        }
    }
}

/// A key with which a client says that it sends the same again.
package struct IdempotencyKey: Equatable, Sendable {
    let text: String

    /// Random keys of ours have 128 bits; any of 16 to 200 visible characters will do. Nil for others.
    package init?(_ text: String) {
        guard (16...200).contains(text.utf8.count), text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { return nil }
        self.text = text
    }
}
