import Contributions

/// The properties of features that are query parameters too (OGC API – Features – Part 3, "queryables as query
/// parameters"), and the order by properties.
extension Parameter {
    static let title = Parameter(
        name: "title", expected: "a title as it is published, case and accents included; a comma is part of it")
    static let when = Parameter(
        name: "when", expected: "one or several times as they are published (EDTF), separated by commas")
    static let lang = Parameter(
        name: "lang", expected: "one or several languages such as fr, separated by commas")
    static let precision = Parameter(
        name: "precision", expected: "one or several of exact, about, wide, none, separated by commas",
        schema: .oneOf(Precision.allCases.map(\.rawValue)))
    static let author = Parameter(
        name: "author", expected: "an author as published, case and accents included; a comma is part of it")
    static let licence = Parameter(
        name: "licence", expected: "one or several licences as published, such as CC-BY-4.0, separated by commas")

    /// What narrows the features of a layer by equality, on items and exports; tiles do not take these.
    static let texts: [Parameter] = TextProperty.allCases.map(Parameter.text)

    static func text(_ property: TextProperty) -> Parameter {
        switch property {
        case .title: title
        case .when: when
        case .lang: lang
        case .precision: precision
        case .author: author
        case .licence: licence
        }
    }

    private static let sortables = FeatureOrder.Property.allCases.map(\.rawValue)

    static let sortby = Parameter(
        name: "sortby",
        expected: "one or several of \(sortables.joined(separator: ", ")), separated by commas, "
            + "each with - before it for descending order",
        schema: .severalOf(["", "+", "-"].flatMap { sign in sortables.map { sign + $0 } }))
}
