/// The parameters of the contract and what each expects, word for word as an error says it.
extension Parameter {
    static let bbox = Parameter(
        name: "bbox",
        expected: "west,south,east,north in degrees (or six numbers with heights), south not above north",
        schema: .numbers(4...6))
    static let bboxCRS = Parameter(
        name: "bbox-crs", expected: "the URI of a coordinate reference system that the layer lists under crs",
        schema: .referenceSystem)
    static let crs = Parameter(
        name: "crs", expected: "the URI of a coordinate reference system that the layer lists under crs",
        schema: .referenceSystem)
    static let near = Parameter(
        name: "near", expected: "lon,lat in degrees, such as 2.3795,48.8680",
        schema: .numbers(2...2))
    static let radius = Parameter(
        name: "radius", expected: "a distance in metres from 0 to 1000000, with near",
        schema: .number(0...1_000_000))
    static let datetime = Parameter(
        name: "datetime",
        expected:
            "an instant such as 1987, 1987-06-21 or 1987-06-21T18:30:00Z, or an interval such as 1980/1989 or 1980/..")
    static let kind = Parameter(
        name: "kind", expected: "one or several of place, memory, encounter, separated by commas",
        schema: .oneOf(["place", "memory", "encounter"]))
    static let theme = Parameter(name: "theme", expected: "one or several themes, separated by commas", schema: .texts)
    static let q = Parameter(name: "q", expected: "one or several words to find in title and text")
    static let limit = Parameter(
        name: "limit", expected: "a whole number from 1 to 10000",
        schema: .wholeNumber(1...10_000, byDefault: 100))
    static let cursor = Parameter(name: "cursor", expected: "the cursor of a next link, as it was given")
    static let properties = Parameter(
        name: "properties", expected: "names of properties, separated by commas", schema: .texts)
    static let embed = Parameter(name: "embed", expected: "the key of an embed of this layer")

    static func format(_ names: String...) -> Parameter {
        Parameter(name: "f", expected: names.joined(separator: " or "), schema: .oneOf(names))
    }

    /// What narrows the features of a layer, on items and on tiles alike.
    static let filters: [Parameter] = [.kind, .theme, .datetime, .q]
}
