import MapFormats

/// A query parameter that a route declares: what it expects in the words of the error that names it, and as a
/// schema of the API definition.
struct Parameter: Sendable {
    let name: String
    let expected: String
    let schema: Schema

    init(name: String, expected: String, schema: Schema = .text) {
        self.name = name
        self.expected = expected
        self.schema = schema
    }

    enum Schema: Sendable {
        case text
        case number(ClosedRange<Double>)
        case wholeNumber(ClosedRange<Int>, byDefault: Int)
        /// Numbers separated by commas.
        case numbers(ClosedRange<Int>)
        /// One of these, or several separated by commas.
        case oneOf([String])
        case severalOf([String])
        /// Texts separated by commas.
        case texts
        /// The URI of one of the coordinate reference systems that this server knows.
        case referenceSystem
    }
}
