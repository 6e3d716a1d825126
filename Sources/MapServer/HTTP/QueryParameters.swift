/// The parameters of a request, decoded, each given once.
struct QueryParameters: Sendable {
    let values: [(name: String, value: String)]
    /// The query as it came, where that is how we write it: most are, and a page of features repeats it in each link.
    private let written: String?

    /// - Throws: `WebError.malformedAddress`, `.repeatedParameter`.
    init(_ query: some StringProtocol) throws(WebError) {
        guard let values = PercentDecoding.pairs(of: query) else { throw .malformedAddress }
        for (place, pair) in values.enumerated() where values[..<place].contains(where: { $0.name == pair.name }) {
            throw .repeatedParameter(pair.name)
        }
        self.values = values
        written = PercentDecoding.isOurOwn(query) ? String(query) : nil
    }

    private init(values: [(name: String, value: String)]) {
        self.values = values
        written = nil
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
        var bytes: [UInt8] = []
        append(to: &bytes, without: name)
        if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
        QueryParameters(values: [(name: name, value: value)]).append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The query as it was, in our own encoding; empty when there was none.
    var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The same at the end of `bytes`, without the parameters of some name.
    func append(to bytes: inout [UInt8], without left: String? = nil) {
        if let written, left.map({ self[$0] == nil }) ?? true {
            bytes.append(contentsOf: written.utf8)
            return
        }
        let start = bytes.count
        for (name, value) in values where name != left {
            if bytes.count > start { bytes.append(UInt8(ascii: "&")) }
            PercentDecoding.encodeQuery(name, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            PercentDecoding.encodeQuery(value, to: &bytes)
        }
    }
}
