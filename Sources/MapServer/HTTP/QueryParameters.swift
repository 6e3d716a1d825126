/// The parameters of a request, decoded, each given once.
struct QueryParameters: Sendable {
    let values: [(name: String, value: String)]

    /// - Throws: `WebError.malformedAddress`, `.repeatedParameter`.
    init(_ query: some StringProtocol) throws(WebError) {
        var values: [(name: String, value: String)] = []
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentDecoding.query(parts[0]),
                let value = PercentDecoding.query(parts.count > 1 ? parts[1] : "")
            else { throw .malformedAddress }
            if values.contains(where: { $0.name == name }) { throw .repeatedParameter(name) }
            values.append((name, value))
        }
        self.values = values
    }

    private init(values: [(name: String, value: String)]) {
        self.values = values
    }

    /// The same without those that `isLeftOut` names.
    func dropping(_ isLeftOut: (_ name: String, _ value: String) -> Bool) -> QueryParameters {
        QueryParameters(values: values.filter { !isLeftOut($0.name, $0.value) })
    }

    subscript(name: String) -> String? {
        values.first { $0.name == name }?.value
    }

    /// - Throws: `WebError.unknownParameter` for the first that is not among `known`.
    func require(only known: [String]) throws(WebError) {
        for (name, _) in values where !known.contains(name) {
            throw .unknownParameter(name, known: known)
        }
    }

    /// The same with one parameter more.
    func adding(_ name: String, _ value: String) -> QueryParameters {
        QueryParameters(values: values + [(name: name, value: value)])
    }

    /// The query with one parameter replaced or added, ready for an address.
    func replacing(_ name: String, with value: String) -> String {
        (values.filter { $0.name != name } + [(name: name, value: value)])
            .map { PercentDecoding.encodeQuery($0.name) + "=" + PercentDecoding.encodeQuery($0.value) }
            .joined(separator: "&")
    }

    /// The query as it was, in our own encoding; empty when there was none.
    var text: String {
        var text = ""
        for (name, value) in values {
            if !text.isEmpty { text += "&" }
            text += PercentDecoding.encodeQuery(name)
            text += "="
            text += PercentDecoding.encodeQuery(value)
        }
        return text
    }
}
