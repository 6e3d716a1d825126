package import MapGeometry

/// What a person gives to a layer, validated: every limit of this type has been checked.
package struct Contribution: Equatable, Sendable {
    package let kind: Kind
    package let title: String
    package let text: String
    package let themes: [String]
    package let when: ExtendedDate?
    /// A BCP 47 tag such as `fr`.
    package let language: String?
    /// A label the person chose, never an account.
    package let author: String?
    package let licence: String?
    package let precision: Precision
    /// What shows on the map: the geometry itself at `exact`, the area of the cell at `about` and `wide`. Nil when
    /// the contribution is in the list and not on the map: exactly then its precision is `none`.
    package let geometry: Geometry?
    /// The cell that shows at `about` and `wide`, and only then.
    package let cell: GridCell?
    package let properties: FreeProperties

    /// - Throws: `ContributionError` for the first member that breaks a limit of `ContributionLimits`.
    package init(
        kind: Kind = .place, title: String = "", text: String = "", themes: [String] = [],
        when: ExtendedDate? = nil, language: String? = nil, author: String? = nil, licence: String? = nil,
        precision: Precision = .exact, geometry: Geometry?, cell: GridCell? = nil,
        properties: FreeProperties = .none
    ) throws(ContributionError) {
        try ContributionLimits.check(title: title, text: text, author: author, licence: licence)
        try ContributionLimits.check(themes: themes)
        try ContributionLimits.check(language: language)
        try ContributionLimits.check(properties: properties.members)
        self.kind = kind
        self.title = title
        self.text = text
        self.themes = themes
        self.when = when
        self.language = language
        self.author = author
        self.licence = licence
        self.precision = geometry == nil ? .none : precision
        self.geometry = precision == .none ? nil : geometry
        self.cell = self.precision == .none ? nil : cell
        guard self.precision.isCell == (self.cell != nil) else { throw .precision(precision.rawValue) }
        self.properties = properties
    }
}

/// Properties that this service gives no meaning to and carries through unchanged.
package struct FreeProperties: Equatable, Sendable {
    package let members: [Member]
    /// All of them as one JSON object, valid and without line breaks.
    package let json: String

    package struct Member: Equatable, Sendable {
        package let name: String
        /// One JSON value, valid and without line breaks.
        package let json: String

        package init(name: String, json: String) {
            self.name = name
            self.json = json
        }
    }

    package init(members: [Member], json: String) {
        self.members = members
        self.json = json
    }

    package static let none = FreeProperties(members: [], json: "{}")
}
