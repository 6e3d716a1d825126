import Hummingbird
import NIOCore

/// The connection on which a request has come.
struct SiteContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel
    /// What is noted of the request for who observes the service.
    let journey = Journey()

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    var remoteAddress: SocketAddress? { channel.remoteAddress }

    /// How long a client may take to stop sending what nobody reads.
    private static let linger = TimeAmount.seconds(5)

    /// The server library reads a body to its end before the next request, at whatever pace it comes: a client that
    /// goes on sending after it has been answered is hung up on.
    func closeUnlessRead(_ request: Request) {
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length > 0 || request.headers[.transferEncoding] != nil, request.method == .get || request.method == .head
        else { return }
        close()
    }

    func close() {
        let channel = channel
        channel.eventLoop.scheduleTask(in: Self.linger) { channel.close(promise: nil) }
    }
}
