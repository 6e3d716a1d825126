/// What stands in an address where its route's template has names in braces.
struct PathCaptures: Sendable {
    private let names: [String]
    private let values: [String]

    /// - Parameters: as many names as values.
    init(_ names: [String], _ values: [String]) {
        self.names = names
        self.values = values
    }

    subscript(name: String) -> String? {
        names.firstIndex(of: name).map { values[$0] }
    }
}
