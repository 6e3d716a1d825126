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
