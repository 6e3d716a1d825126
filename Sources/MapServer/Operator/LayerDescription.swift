package import Contributions

/// A layer as it travels between two of our processes.
package struct LayerDescription: Codable, Sendable {
    var id: String
    var title: String
    var description: String
    var prompt: String
    var rules: String?
    var discussion: String?
    var opens: String?
    var closes: String?
    var review: String
    var contributors: String
    var kinds: [String]?
    var themes: [String]?
    var languages: [String]?
    var defaultPrecision: String
    var finestPrecision: String
    var licence: String?
    var release: String?
    var retention: Int?
    var indexable: Bool?

    private enum CodingKeys: String, CodingKey {
        case id, title, description, prompt, rules, discussion, opens, closes, review, contributors, kinds, themes
        case languages, licence, release, retention, indexable
        case defaultPrecision = "default_precision"
        case finestPrecision = "finest_precision"
    }

    package init(_ layer: Layer) {
        id = layer.identifier.text
        title = layer.title
        description = layer.description
        prompt = layer.prompt
        rules = layer.rules
        discussion = layer.discussion
        opens = layer.opens?.text
        closes = layer.closes?.text
        review = layer.review.rawValue
        contributors = layer.contributors.rawValue
        kinds = Kind.allCases.filter(layer.kinds.contains).map(\.rawValue)
        themes = layer.themes
        languages = layer.languages
        defaultPrecision = layer.defaultPrecision.rawValue
        finestPrecision = layer.finestPrecision.rawValue
        licence = layer.licence
        release = layer.release.rawValue
        retention = layer.retention
        indexable = layer.isIndexable
    }

    /// - Throws: `ContributionError` for what only another version of this program can have written.
    package func layer() throws -> Layer {
        func precision(_ text: String) throws(ContributionError) -> Precision {
            guard let precision = Precision(rawValue: text) else { throw .precision(text) }
            return precision
        }
        return Layer(
            identifier: try LayerIdentifier(id), title: title, description: description, prompt: prompt,
            rules: rules ?? "", discussion: discussion,
            opens: try opens.map { try ExtendedDate($0) }, closes: try closes.map { try ExtendedDate($0) },
            review: Layer.Review(rawValue: review) ?? .before,
            contributors: Layer.Contributors(rawValue: contributors) ?? .anyone,
            kinds: kinds.map { Set($0.compactMap(Kind.init(rawValue:))) } ?? Set(Kind.allCases),
            themes: themes ?? [], languages: languages ?? [],
            defaultPrecision: try precision(defaultPrecision), finestPrecision: try precision(finestPrecision),
            licence: licence, release: release.flatMap(Layer.Release.init) ?? .atOnce, retention: retention,
            isIndexable: indexable ?? false)
    }
}
