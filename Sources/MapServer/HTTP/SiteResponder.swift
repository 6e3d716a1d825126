import Contributions
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Finds the route of a request, has it answered, and sees to what all answers have in common: validators,
/// compression, HEAD, CORS, safety headers, and a problem document for every refusal.
struct SiteResponder: HTTPResponder {
    typealias Context = SiteContext

    private let site: Site
    private let routes: RouteIndex
    private let logger: Logger

    static let longestAddress = 8_192

    init(site: Site, routes: [Route], logger: Logger) {
        self.site = site
        self.routes = RouteIndex(routes)
        self.logger = logger
    }

    func respond(to request: Request, context: SiteContext) async throws -> Response {
        let delivery = Delivery(request, isSecure: site.configuration.isReachedByTLS)
        defer { context.closeUnlessRead(request) }
        let body = IncomingBody(request.body, patience: site.configuration.bodyPatience)
        do {
            let reply = try await answer(request, body, context, takesGzip: delivery.acceptsGzip)
            if !isReading(request), await !body.discard() { context.close() }
            return try await delivery.response(for: Confidentiality.applied(to: reply, of: request, site))
        } catch {
            switch error as? WebError {
            case .bodyTooSlow?, .bodyTooLarge?: context.close()
            default: if !isReading(request), await !body.discard() { context.close() }
            }
            let problem = Problem(error, in: Language(of: request.headers))
            // The kind of error is ours to know; what was asked is not written down.
            if problem.status.code >= 500 { logger.error("\(type(of: error)): \(problem.code)") }
            var reply = NoticePage.reply(problem, to: request, site) ?? Reply(problem)
            reply.isForOne = SessionCookie.isSent(in: request.headers)
            return try await delivery.response(for: Confidentiality.applied(to: reply, of: request, site))
        }
    }

    private func isReading(_ request: Request) -> Bool { request.method == .get || request.method == .head }

    private func answer(
        _ request: Request, _ body: IncomingBody, _ context: SiteContext, takesGzip: Bool
    ) async throws -> Reply {
        let address = request.head.path ?? "/"
        guard address.utf8.count <= SiteResponder.longestAddress else {
            throw WebError.addressTooLong(limit: SiteResponder.longestAddress)
        }
        let (path, query) = SiteResponder.split(address)
        guard let segments = PercentDecoding.segments(of: path) else { throw WebError.malformedAddress }
        let method = request.method == .head ? .get : request.method
        guard let (route, captures) = routes.route(for: segments, method) else {
            return try answerWithoutRoute(segments, request)
        }
        if route.method != .get { try Origins.require(request, site) }
        try await site.catchUp()
        let parameters = try QueryParameters(query)
        if !route.toleratesUnknownParameters { try parameters.require(only: route.parameterNames) }
        var call = RouteRequest(
            site: site, captures: captures, parameters: parameters, headers: request.headers,
            authority: request.head.authority, path: String(path))
        call.method = route.method
        call.takesGzip = takesGzip
        if route.method != .get { call.body = body }
        if route.method != .get || route.countsGuesses {
            call.client = site.clients.key(of: request.headers, context.remoteAddress, at: site.clock())
        }
        context.journey.found(route, call)
        try route.requireOffered(call)
        let isPage = try route.page?.isWanted(call, route) ?? false
        let reply = isPage ? try await route.page?.reply(to: call, route) : nil
        var answer = if let reply { reply } else { try await route.handler(call) }
        if !route.isPublicReading, SessionCookie.isSent(in: request.headers) { answer.isForOne = true }
        return Indexing.applied(to: answer, call, route)
    }

    /// What `OPTIONS` asks, and the refusal of what the address does not take.
    private func answerWithoutRoute(_ segments: [String], _ request: Request) throws -> Reply {
        let methods = routes.methods(of: segments)
        guard !methods.isEmpty else { throw WebError.noSuchPage }
        var allowed: [String] = methods.contains(.get) ? ["GET", "HEAD", "OPTIONS"] : ["OPTIONS"]
        for method in methods where method != .get { allowed.append(method.rawValue) }
        guard request.method == .options else { throw WebError.methodNotAllowed(allowed: allowed) }
        return Origins.options(request, site, allowed: allowed)
    }

    private static func split(_ address: String) -> (path: Substring, query: Substring) {
        guard let mark = address.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (address[...], "") }
        return (address[..<mark], address[address.index(after: mark)...])
    }
}
