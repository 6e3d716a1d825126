/// How finely a contribution shows.
package enum Precision: String, CaseIterable, Sendable {
    /// The position itself.
    case exact
    /// A cell of 200 m.
    case about
    /// A cell of 1 km or coarser.
    case wide
    /// In the list, not on the map.
    case none

    /// Whether a cell shows in place of the position.
    package var isCell: Bool { self == .about || self == .wide }
}
