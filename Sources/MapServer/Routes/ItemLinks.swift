import MapFormats

/// The links of a page of features, in its body or in a header: to itself, to its other forms, to its layer and to
/// the next page.
struct ItemLinks {
    /// What each form is called in `f=`, and its media type.
    static let forms: KeyValuePairs = [
        "geojson": MediaType.geoJSON, "html": MediaType.page, "csv": MediaType.table, "geojsonl": MediaType.lines,
    ]

    private let request: RouteRequest
    private let form: String
    /// Whether this is everything at once, and no page.
    private let isWhole: Bool

    init(_ request: RouteRequest, as form: String, isWhole: Bool = false) {
        self.request = request
        self.form = form
        self.isWhole = isWhole
    }

    /// - Parameter next: the query of the next page; nil on the last.
    func links(next: String?) -> [Link] {
        let collection = "\(request.publicURL)/collections/\(request.captures["layer"] ?? "")"
        let type = Self.forms.first { $0.key == form }?.value ?? MediaType.geoJSON
        var links = [Link("self", request.address, type: type)]
        for other in Self.forms where other.key != form {
            links.append(
                Link("alternate", "\(collection)/items?\(paged.replacing("f", with: other.key))", type: other.value))
        }
        links.append(Link("collection", collection, type: MediaType.json))
        if let next { links.append(Link("next", "\(collection)/items?\(next)", type: type)) }
        return links
    }

    /// The same links of a page of GeoJSON as `Link.append` writes them, written at once. What stands in a query of
    /// ours needs no escape in JSON.
    /// - Parameter cursor: of the next page; nil on the last.
    static func append(_ request: RouteRequest, cursor: String?, to bytes: inout [UInt8]) {
        var address: [UInt8] = []
        address.reserveCapacity(512)
        address.append(contentsOf: #"{"href":""#.utf8)
        JSONWriter.append(escaping: request.publicURL, to: &address)
        bytes.append(UInt8(ascii: "["))
        bytes.append(contentsOf: address)
        appendPath(of: request, to: &bytes)
        address.append(contentsOf: "/collections/".utf8)
        JSONWriter.append(escaping: request.captures["layer"] ?? "", to: &address)
        let collection = address.count
        address.append(contentsOf: "/items?".utf8)
        let items = address.count
        append(ItemLinks(request, as: "geojson").paged, without: "f", to: &address)
        for ending in alternates {
            bytes.append(contentsOf: address)
            bytes.append(contentsOf: ending)
        }
        bytes.append(contentsOf: address[..<collection])
        bytes.append(contentsOf: collectionEnding)
        if let cursor {
            bytes.append(UInt8(ascii: ","))
            bytes.append(contentsOf: address[..<items])
            append(request.parameters, without: Parameter.cursor.name, to: &bytes)
            bytes.append(contentsOf: "cursor=".utf8)
            bytes.append(contentsOf: cursor.utf8)
            bytes.append(contentsOf: nextEnding)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// The parameters but one, and the sign that parts them from it.
    private static func append(_ parameters: QueryParameters, without name: String, to bytes: inout [UInt8]) {
        let start = bytes.count
        parameters.append(to: &bytes, without: name)
        if bytes.count > start { bytes.append(UInt8(ascii: "&")) }
    }

    /// What follows the address of the service in the link to this very page.
    private static func appendPath(of request: RouteRequest, to bytes: inout [UInt8]) {
        JSONWriter.append(escaping: request.path, to: &bytes)
        if !request.parameters.values.isEmpty {
            bytes.append(UInt8(ascii: "?"))
            request.parameters.append(to: &bytes)
        }
        bytes.append(contentsOf: selfEnding)
    }

    private static let selfEnding = ending("", "self", MediaType.geoJSON) + Array(",".utf8)
    private static let alternates = forms.filter { $0.key != "geojson" }.map {
        ending("f=\($0.key)", "alternate", $0.value) + Array(",".utf8)
    }
    private static let collectionEnding = ending("", "collection", MediaType.json)
    private static let nextEnding = ending("", "next", MediaType.geoJSON)

    /// What follows an address, to the end of the link.
    private static func ending(_ parameter: String, _ relation: String, _ type: String) -> [UInt8] {
        Array("\(parameter)\",\"rel\":\"\(relation)\",\"type\":\"\(type)\"}".utf8)
    }

    /// The parameters that mean this page in every form: without a limit, tables and lines would be everything.
    private var paged: QueryParameters {
        guard !isWhole, request.parameters[Parameter.limit.name] == nil else { return request.parameters }
        return request.parameters.adding(Parameter.limit.name, String(FeatureQueryParser.defaultLimit))
    }
}

extension MediaType {
    static let table = "text/csv"
    static let lines = "application/x-ndjson"
}
