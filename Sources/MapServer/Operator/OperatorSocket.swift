import Curation
import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import SpatialDatabase

/// The door for commands that write beside a running server: a socket next to the store that only the
/// store's owner can open.
struct OperatorSocket: Service {
    private let path: String
    private let site: Site
    private let logger: Logger

    /// - Throws: `OperatorRefusal` for a store whose name leaves no room for the socket's.
    init(site: Site, logger: Logger) throws(OperatorRefusal) {
        path = Self.path(besideStore: site.layers.store.path)
        guard SocketPath.takes(path) else {
            throw OperatorRefusal(sentence: "the store's file name is too long: 74 bytes leave room for its socket")
        }
        self.site = site
        self.logger = logger
    }

    static func path(besideStore store: String) -> String { store + ".socket" }

    func run() async throws {
        OperatorClient.removeLeftover(besideStore: site.layers.store.path)
        let server = try await bind()
        chmod(path, 0o600)
        defer { unlink(path) }
        try await withGracefulShutdownHandler {
            try await server.executeThenClose { connections in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in connections {
                        group.addTask { await answer(connection) }
                    }
                }
            }
        } onGracefulShutdown: {
            server.channel.close(promise: nil)
        }
    }

    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private func bind() async throws -> NIOAsyncChannel<Connection, Never> {
        // The file must never be open to others, not even between its creation and chmod.
        let mask = umask(0o177)
        defer { umask(mask) }
        let address = SocketPath(path)
        defer { withExtendedLifetime(address) {} }
        return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(unixDomainSocketPath: address.text) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(LineDecoder()))
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
    }

    private func answer(_ connection: Connection) async {
        do {
            try await connection.executeThenClose { lines, outbound in
                // Work in hand is finished; a command that says nothing does not keep the server from stopping.
                for try await line in lines.cancelOnGracefulShutdown() {
                    let (answers, sink) = AsyncStream.makeStream(
                        of: OperatorAnswer.self, bufferingPolicy: .bufferingNewest(8))
                    async let work: Void = carryOut(line, into: sink)
                    for await answer in answers {
                        try await outbound.write(ByteBuffer(bytes: try JSONEncoder().encode(answer) + [0x0A]))
                    }
                    await work
                }
            }
        } catch {
            logger.debug("an operator's connection ended early")
        }
    }

    private func carryOut(_ line: ByteBuffer, into sink: AsyncStream<OperatorAnswer>.Continuation) async {
        defer { sink.finish() }
        do {
            let request = try JSONDecoder().decode(OperatorRequest.self, from: Data(line.readableBytesView))
            sink.yield(try await request.carryOut(on: site) { sink.yield(.progress($0)) })
        } catch {
            sink.yield(.refused("\(error)"))
        }
    }
}

/// Cuts a stream of bytes at its line feeds; a line longer than 64 KiB ends the connection.
struct LineDecoder: ByteToMessageDecoder {
    typealias InboundOut = ByteBuffer

    private struct LineTooLong: Error {}
    private static let longestLine = 65_536

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let end = buffer.readableBytesView.firstIndex(of: 0x0A) else {
            if buffer.readableBytes > Self.longestLine { throw LineTooLong() }
            return .needMoreData
        }
        let line = buffer.readSlice(length: end - buffer.readerIndex)
        buffer.moveReaderIndex(forwardBy: 1)
        if let line { context.fireChannelRead(wrapInboundOut(line)) }
        return .continue
    }

    mutating func decodeLast(
        context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
    ) throws -> DecodingState {
        try decode(context: context, buffer: &buffer)
    }
}
