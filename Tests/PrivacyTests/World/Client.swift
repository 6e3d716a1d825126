import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded

@testable import MapServer

/// Asks a service without a network, any number of times.
///
/// The test client of the server library makes a channel for every request and lets none of them go: millions of
/// questions, as the proofs ask them, would not fit into memory.
struct Client: Sendable {
    private let responder: MeteredResponder
    private let context: SiteContext

    /// Nil for a server that is not made of `buildMapServer`.
    init?(_ responder: any HTTPResponder) {
        guard let responder = responder as? MeteredResponder else { return nil }
        self.responder = responder
        let logger = Logger(label: "client") { _ in SwiftLogNoOpLogHandler() }
        context = SiteContext(
            source: ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: logger))
    }

    func execute(
        uri: String, method: HTTPRequest.Method, headers: HTTPFields = [:], body: ByteBuffer? = nil
    ) async throws -> Answered {
        var headers = headers
        if let body { headers[.contentLength] = String(body.readableBytes) }
        let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: uri, headerFields: headers)
        let request = Request(head: head, body: RequestBody(buffer: body ?? ByteBuffer()))
        let response = try await responder.respond(to: request, context: context)
        let kept = Kept<ByteBuffer>()
        try await response.body.write(BodyWriter(kept: kept))
        return Answered(status: response.status, headers: response.headers, body: kept.value ?? ByteBuffer())
    }
}

/// What a client has been answered.
struct Answered: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let body: ByteBuffer
}

/// Puts the pieces of a body together.
private struct BodyWriter: ResponseBodyWriter {
    let kept: Kept<ByteBuffer>

    func write(_ buffer: ByteBuffer) async throws {
        var whole = kept.value ?? ByteBuffer()
        whole.writeImmutableBuffer(buffer)
        kept.value = whole
    }

    func finish(_ headers: HTTPFields?) async throws {}
}
