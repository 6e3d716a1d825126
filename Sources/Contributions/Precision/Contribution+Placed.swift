extension Contribution {
    /// The same words elsewhere, or seen from elsewhere.
    package func placed(_ place: PublishedPlace) throws(ContributionError) -> Contribution {
        try Contribution(
            kind: kind, title: title, text: text, themes: themes, when: when, language: language, author: author,
            licence: licence, precision: place.precision, geometry: place.geometry, cell: place.cell,
            properties: properties)
    }
}
