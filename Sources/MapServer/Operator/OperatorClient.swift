import Foundation
import NIOCore
import NIOPosix

/// The command's side of the socket beside the store.
package struct OperatorClient: Sendable {
    private let path: String

    /// Nil when no server has its socket there.
    package init?(store: String) {
        path = OperatorSocket.path(besideStore: store)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
    }

    /// Removes the socket of a server that was killed, so that no command takes it for one that answers.
    /// Only whoever holds the writer's lock may.
    package static func removeLeftover(besideStore store: String) {
        unlink(OperatorSocket.path(besideStore: store))
    }

    /// Asks the server and waits for its last answer.
    /// - Throws: `OperatorRefusal` with the server's sentence, or when nobody answers.
    package func ask(
        _ request: OperatorRequest, progress: (Int) -> Void = { _ in }
    ) async throws(OperatorRefusal) -> OperatorAnswer {
        do {
            let connection = try await connect()
            return try await connection.executeThenClose { lines, outbound in
                try await outbound.write(ByteBuffer(bytes: try JSONEncoder().encode(request) + [0x0A]))
                for try await line in lines {
                    switch try JSONDecoder().decode(OperatorAnswer.self, from: Data(line.readableBytesView)) {
                    case .progress(let count): progress(count)
                    case .refused(let sentence): throw OperatorRefusal(sentence: sentence)
                    case let answer: return answer
                    }
                }
                throw OperatorRefusal(sentence: "the server closed the connection before it had answered")
            }
        } catch let refusal as OperatorRefusal {
            throw refusal
        } catch {
            throw OperatorRefusal(sentence: "the running server does not answer at \(path)")
        }
    }

    private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let address = SocketPath(path)
        defer { withExtendedLifetime(address) {} }
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(unixDomainSocketPath: address.text) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(LineDecoder()))
                    return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                }
            }
    }
}

/// Why the server did not do what a command asked.
package struct OperatorRefusal: Error, CustomStringConvertible, Equatable {
    package let sentence: String

    package var description: String { sentence }
}
