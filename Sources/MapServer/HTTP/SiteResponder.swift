import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Finds the route of a request, has it answered, and sees to what all answers have in common: validators,
/// compression, HEAD, CORS, safety headers, and a problem document for every refusal.
struct SiteResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let site: Site
    let routes: [Route]
    let logger: Logger

    static let longestAddress = 8_192
    private static let allowed = ["GET", "HEAD", "OPTIONS"]

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let delivery = Delivery(request)
        do {
            return try await delivery.response(for: answer(request))
        } catch {
            let problem = Problem(error)
            // The kind of error is ours to know; what was asked is not written down.
            if problem.status.code >= 500 { logger.error("\(type(of: error)): \(problem.code)") }
            return try await delivery.response(for: Reply(problem))
        }
    }

    private func answer(_ request: Request) async throws -> Reply {
        let address = request.head.path ?? "/"
        guard address.utf8.count <= SiteResponder.longestAddress else {
            throw WebError.addressTooLong(limit: SiteResponder.longestAddress)
        }
        let (path, query) = SiteResponder.split(address)
        let segments = try SiteResponder.segments(of: path)
        guard let (route, captures) = route(for: segments) else { throw WebError.noSuchPage }
        switch request.method {
        case .get, .head: break
        case .options: return SiteResponder.options()
        default: throw WebError.methodNotAllowed(allowed: SiteResponder.allowed)
        }
        let parameters = try QueryParameters(query)
        if !route.toleratesUnknownParameters { try parameters.require(only: route.parameters.map(\.name)) }
        let call = RouteRequest(
            site: site, captures: captures, parameters: parameters, headers: request.headers,
            authority: request.head.authority, path: String(path))
        try route.requireOffered(call)
        if let page = route.page, try page.isWanted(call, route) { return try await page.reply(to: call, route) }
        return try await route.handler(call)
    }

    private func route(for segments: [String]) -> (Route, [String: String])? {
        for route in routes {
            if let captures = route.captures(segments) { return (route, captures) }
        }
        return nil
    }

    private static func split(_ address: String) -> (path: Substring, query: Substring) {
        guard let mark = address.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (address[...], "") }
        return (address[..<mark], address[address.index(after: mark)...])
    }

    /// A slash at the end names the same page as without it.
    private static func segments(of path: Substring) throws(WebError) -> [String] {
        var segments: [String] = []
        for piece in path.split(separator: "/") {
            guard let segment = PercentDecoding.path(piece) else { throw .malformedAddress }
            segments.append(segment)
        }
        return segments
    }

    private static func options() -> Reply {
        Reply(
            .bytes([]), mediaType: MediaType.json, status: .noContent,
            headers: [
                .allow: allowed.joined(separator: ", "),
                HTTPField.Name("Access-Control-Allow-Methods")!: allowed.joined(separator: ", "),
                HTTPField.Name("Access-Control-Allow-Headers")!: "Accept, If-None-Match",
                HTTPField.Name("Access-Control-Max-Age")!: "86400",
            ])
    }
}
