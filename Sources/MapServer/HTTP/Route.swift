import HTTPTypes

/// One line of the contract: an address, the parameters that it takes, and who answers.
struct Route: Sendable {
    typealias Handler = @Sendable (RouteRequest) async throws -> Reply

    /// Such as `/collections/{layer}/items`; a capture may have an ending, as in `{layer}.json`.
    let template: String
    /// GET answers HEAD too.
    let method: HTTPRequest.Method
    /// What the API definition says of it; nil for what is no part of the API, as pages and their assets.
    let operation: Operation?
    let parameters: [Parameter]
    /// How the resource is shown to people who ask for HTML; nil where the handler answers them itself, or not.
    let page: ResourcePage?
    /// Pages whose links are shared ignore what they do not know, since such links gain parameters.
    let toleratesUnknownParameters: Bool
    let handler: Handler
    /// The media types that a client may ask for, the best first; empty where nothing is negotiated.
    let offers: [String]
    private let segments: [Segment]

    init(
        _ template: String, _ operation: Operation? = nil, _ parameters: [Parameter] = [],
        method: HTTPRequest.Method = .get, page: ResourcePage? = nil, toleratesUnknownParameters: Bool = false,
        _ handler: @escaping Handler
    ) {
        self.method = method
        self.template = template
        self.operation = operation
        self.page = page
        offers = operation?.offers ?? []
        self.parameters = parameters + (offers.contains(MediaType.page) ? [.interface] : [])
        self.toleratesUnknownParameters = toleratesUnknownParameters
        self.handler = handler
        segments = template.split(separator: "/").map(Segment.init)
    }

    /// Whether everybody reads it, with nothing in hand.
    var isPublicReading: Bool { method == .get && operation?.needsBearer != true }

    /// The names between braces, in their order.
    var captureNames: [String] { segments.compactMap(\.capture) }

    /// The values of the captures when a decoded path is this route's.
    func captures(_ path: [String]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var captures: [String: String] = [:]
        for (segment, text) in zip(segments, path) {
            guard segment.matches(text, &captures) else { return nil }
        }
        return captures
    }

    fileprivate struct Segment: Sendable {
        let capture: String?
        private let ending: String

        init(_ template: Substring) {
            if template.hasPrefix("{"), let close = template.firstIndex(of: "}") {
                capture = String(template[template.index(after: template.startIndex)..<close])
                ending = String(template[template.index(after: close)...])
            } else {
                capture = nil
                ending = String(template)
            }
        }

        func matches(_ text: String, _ captures: inout [String: String]) -> Bool {
            guard let capture else { return text == ending }
            guard text.utf8.count > ending.utf8.count, text.hasSuffix(ending) else { return false }
            captures[capture] = String(text.dropLast(ending.count))
            return true
        }
    }
}
