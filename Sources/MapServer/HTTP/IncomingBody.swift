import Hummingbird
import NIOCore
import Synchronization

/// The body of a request: read once, no larger and no slower than anybody needs.
final class IncomingBody: Sendable {
    private let body: RequestBody?
    private let patience: Duration
    private let isRead = Atomic(false)

    static let none = IncomingBody(nil, patience: .zero)

    /// - Parameter patience: from the first byte to the last.
    init(_ body: RequestBody?, patience: Duration) {
        self.body = body
        self.patience = patience
    }

    /// Bytes; `trust.md`, SR8.
    static let largest = 65_536

    /// - Parameter largest: bytes; more than usual only for what somebody sends who holds a token.
    /// - Throws: `WebError.bodyTooLarge`, `WebError.bodyTooSlow`.
    func bytes(atMost largest: Int = largest) async throws -> [UInt8] {
        try await bytes(within: patience, atMost: largest)
    }

    /// Lets what nobody has asked for go by, so that the next request can follow.
    /// - Returns: whether it has come to its end; if not, it is too large or too slow to wait for.
    func discard() async -> Bool {
        guard !isRead.load(ordering: .relaxed) else { return true }
        return (try? await bytes(within: min(patience, .seconds(2)), atMost: Self.largest)) != nil
    }

    /// Each piece as it comes, where nobody has read any yet.
    /// - Throws: `WebError.bodyTooLarge`, `.bodyTooSlow`; what `take` throws.
    func forEachPiece(
        atMost largest: Int, within patience: Duration, _ take: @escaping @Sendable (ByteBuffer) throws -> Void
    ) async throws {
        guard let body, !isRead.exchange(true, ordering: .relaxed) else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var count = 0
                for try await piece in body {
                    count += piece.readableBytes
                    guard count <= largest else { throw WebError.bodyTooLarge(limit: largest) }
                    try take(piece)
                }
            }
            group.addTask {
                try await Task.sleep(for: patience)
                throw WebError.bodyTooSlow
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func bytes(within patience: Duration, atMost largest: Int) async throws -> [UInt8] {
        guard let body, !isRead.exchange(true, ordering: .relaxed) else { return [] }
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { try await Self.collect(body, atMost: largest) }
            group.addTask {
                try await Task.sleep(for: patience)
                throw WebError.bodyTooSlow
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    private static func collect(_ body: RequestBody, atMost largest: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in body {
            guard bytes.count + piece.readableBytes <= largest else { throw WebError.bodyTooLarge(limit: largest) }
            bytes += piece.readableBytesView
        }
        return bytes
    }
}
