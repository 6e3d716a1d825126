import Hummingbird
import Logging

/// Measures what a responder does, and counts looks at pages. Until the answer begins: what is streamed takes its time.
struct MeteredResponder: HTTPResponder {
    typealias Context = SiteContext

    let base: SiteResponder
    let meters: RequestMeters
    let usage: UsageCounter
    let logger: Logger

    /// From which a request is worth a line in the log.
    private static let slow = Duration.seconds(1)

    func respond(to request: Request, context: SiteContext) async throws -> Response {
        let began = ContinuousClock.now
        let response = try await base.respond(to: request, context: context)
        let taken = ContinuousClock.now - began
        let (route, status) = (context.journey.route, response.status.code)
        meters[route].note(status, seconds: taken.inSeconds)
        if status == 200 || status == 304, request.method == .get, let page = context.journey.page { usage.count(page) }
        if taken >= Self.slow {
            logger.warning(
                "slow answer",
                metadata: [
                    "route": "\(route?.template ?? "none")", "status": "\(status)",
                    "milliseconds": "\(Int(taken.inSeconds * 1_000))",
                ])
        }
        return response
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
