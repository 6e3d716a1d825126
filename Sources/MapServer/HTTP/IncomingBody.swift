import Hummingbird
import NIOCore

/// The body of a request: read once, no larger and no slower than anybody needs.
struct IncomingBody: Sendable {
    private let body: RequestBody?

    static let none = IncomingBody(nil)

    init(_ body: RequestBody?) {
        self.body = body
    }

    /// Bytes; `trust.md`, SR8.
    static let largest = 65_536
    /// From the first byte to the last: what a very slow line needs for the largest body.
    private static let patience = Duration.seconds(20)

    /// - Throws: `WebError.bodyTooLarge`, `WebError.bodyTooSlow`.
    func bytes() async throws -> [UInt8] {
        guard let body else { return [] }
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { try await Self.collect(body) }
            group.addTask {
                try await Task.sleep(for: Self.patience)
                throw WebError.bodyTooSlow
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    private static func collect(_ body: RequestBody) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in body {
            guard bytes.count + piece.readableBytes <= largest else { throw WebError.bodyTooLarge(limit: largest) }
            bytes += piece.readableBytesView
        }
        return bytes
    }
}
