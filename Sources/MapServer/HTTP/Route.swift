import HTTPTypes

/// One line of the contract: an address, the parameters that it takes, and who answers.
///
/// A class, for the same reason as `Site`.
final class Route: Sendable {
    typealias Handler = @Sendable (RouteRequest) async throws -> Reply

    /// Such as `/collections/{layer}/items`; a capture may have an ending, as in `{layer}.json`.
    let template: String
    /// GET answers HEAD too.
    let method: HTTPRequest.Method
    /// What the API definition says of it; nil for what is no part of the API, as pages and their assets.
    let operation: Operation?
    let parameters: [Parameter]
    let parameterNames: [String]
    /// How the resource is shown to people who ask for HTML; nil where the handler answers them itself, or not.
    let page: ResourcePage?
    /// Pages whose links are shared ignore what they do not know, since such links gain parameters.
    let toleratesUnknownParameters: Bool
    /// Whether it is asked with codes that may be guessed, so that it must know who asks.
    let countsGuesses: Bool
    let handler: Handler
    /// The media types that a client may ask for, the best first; empty where nothing is negotiated.
    let offers: [String]
    /// The names between braces, in their order.
    let captureNames: [String]
    private let segments: [Segment]

    init(
        _ template: String, _ operation: Operation? = nil, _ parameters: [Parameter] = [],
        method: HTTPRequest.Method = .get, page: ResourcePage? = nil, toleratesUnknownParameters: Bool = false,
        countsGuesses: Bool = false, _ handler: @escaping Handler
    ) {
        self.method = method
        self.template = template
        self.operation = operation
        self.page = page
        offers = operation?.offers ?? []
        self.parameters = parameters + (offers.contains(MediaType.page) ? [.interface] : [])
        parameterNames = self.parameters.map(\.name)
        self.toleratesUnknownParameters = toleratesUnknownParameters
        self.countsGuesses = countsGuesses || operation?.hasSecretAddress == true
        self.handler = handler
        segments = template.split(separator: "/").map(Segment.init)
        captureNames = segments.compactMap(\.capture)
    }

    /// Whether everybody reads it, with nothing in hand.
    var isPublicReading: Bool { method == .get && operation?.needsBearer != true && !hasSecretAddress }

    /// Whether its addresses hold a secret, which is good for whoever knows it.
    var hasSecretAddress: Bool { operation?.hasSecretAddress ?? false }

    /// Whether it shows several layers at once, though it names none.
    var showsAllLayers: Bool { firstWord == "tiles" && segments.count > 1 }

    var segmentCount: Int { segments.count }

    /// The word with which the addresses begin; empty for the landing page.
    var firstWord: String { segments.first?.ending ?? "" }

    /// Whether a decoded path is this route's.
    func matches(_ path: [String]) -> Bool {
        path.count == segments.count && path.indices.allSatisfy { segments[$0].matches(path[$0]) }
    }

    /// What a path that matches has for the captures.
    func captures(_ path: [String]) -> PathCaptures {
        var values: [String] = []
        values.reserveCapacity(captureNames.count)
        for place in path.indices {
            if let value = segments[place].captured(in: path[place]) { values.append(value) }
        }
        return PathCaptures(captureNames, values)
    }

    fileprivate struct Segment: Sendable {
        let capture: String?
        /// What stands behind the capture, or the whole segment.
        let ending: String

        init(_ template: Substring) {
            if template.hasPrefix("{"), let close = template.firstIndex(of: "}") {
                capture = String(template[template.index(after: template.startIndex)..<close])
                ending = String(template[template.index(after: close)...])
            } else {
                capture = nil
                ending = String(template)
            }
        }

        func matches(_ text: String) -> Bool {
            guard capture != nil else { return text == ending }
            return text.utf8.count > ending.utf8.count && (ending.isEmpty || text.hasSuffix(ending))
        }

        func captured(in text: String) -> String? {
            guard capture != nil else { return nil }
            return ending.isEmpty ? text : String(Substring(text.utf8.dropLast(ending.utf8.count)))
        }
    }
}
