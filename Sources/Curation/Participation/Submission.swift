package import Contributions
package import MapGeometry

/// What a participant has sent, read and found sound by itself; whether a layer takes it is asked later.
package struct Submission: Equatable, Sendable {
    package var kind: Kind?
    package var title = ""
    package var text = ""
    package var themes: [String] = []
    package var when: ExtendedDate?
    package var language: String?
    package var author: String?
    /// Nil for the layer's own choice.
    package var precision: Precision?
    package var place = Place.unchanged
    /// What was agreed to; nil when nothing was said of it.
    package var isConsenting: Bool?
    /// Nil when nothing was said of it.
    package var allowsPartners: Bool?
    /// An open licence that the author has chosen; none by default.
    package var licence: String?
    package var invitation: PaperCode?
    /// The version of the words that were agreed to, as they were shown; nil for those that are shown now.
    package var consentVersion: String?
    /// Nil when nothing was said of it.
    package var ageBand: AgeBand?
    /// The code of the encounter point from which it is given.
    package var encounter: PaperCode?

    package init() {}

    /// Where the pin stands.
    package enum Place: Equatable, Sendable {
        case at(Coordinate)
        case nowhere
        /// As it was: for a change that does not speak of it.
        case unchanged
    }

    /// What curators draw is for partners too, unless they say that it is not.
    func purposes(isCurator: Bool) -> Set<ConsentPurpose> {
        isCurator && allowsPartners == nil ? purposes.union([.partners]) : purposes
    }

    var purposes: Set<ConsentPurpose> {
        var purposes: Set<ConsentPurpose> = [.publish]
        if allowsPartners == true { purposes.insert(.partners) }
        if licence != nil { purposes.insert(.licence) }
        return purposes
    }
}
