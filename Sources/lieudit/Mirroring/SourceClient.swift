import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Reads from one other server and from no other, within limits. The only place that opens a connection to the outside.
struct SourceClient {
    /// What is read at most, and for how long.
    struct Limits {
        /// Bytes of one answer.
        var bytes = 64 << 20
        /// When all must be done.
        var end: ContinuousClock.Instant
        /// How long one answer may take.
        var answer = Duration.seconds(120)
        var redirections = 3
    }

    struct Answer {
        let status: Int
        let tag: String?
        let body: [UInt8]
    }

    private let origin: Origin
    private let limits: Limits
    private let client: HTTPClient

    /// - Throws: `Refusal` for an address that is not of the web.
    init(_ address: String, limits: Limits) throws {
        guard let origin = Origin(address) else {
            throw Refusal("“\(address)” is no address that starts with http:// or https://")
        }
        self.origin = origin
        self.limits = limits
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10), read: .seconds(20)))
        configuration.httpVersion = .http1Only
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func close() async { try? await client.shutdown() }

    /// The absolute address that `reference` means on `base`.
    /// - Throws: `Refusal` for one of another origin: whoever runs this server has named one server, not two.
    func resolve(_ reference: String, on base: String) throws -> String {
        guard let url = URL(string: reference, relativeTo: URL(string: base))?.absoluteURL,
            Origin(url.absoluteString) == origin
        else { throw Refusal("the source leads to another server: \(reference.prefix(200))") }
        return url.absoluteString
    }

    /// - Parameter tag: a validator; what is as it was then is answered 304.
    /// - Throws: `Refusal` with a sentence for whoever has typed the command.
    func get(_ address: String, tag: String? = nil, accept: String = "application/json") async throws -> Answer {
        var address = try resolve(address, on: address)
        for _ in 0...limits.redirections {
            let end = min(limits.end, .now + limits.answer)
            let (response, body) = try await answer(to: request(address, tag, accept), by: end)
            guard (300..<400).contains(response.status.code), response.status.code != 304 else {
                return Answer(
                    status: Int(response.status.code), tag: response.headers.first(name: "ETag"), body: body)
            }
            guard let location = response.headers.first(name: "Location") else {
                throw Refusal("the source answers \(response.status.code) and does not say where to go")
            }
            address = try resolve(location, on: address)
        }
        throw Refusal("the source leads from one address to the next without end")
    }

    private func request(_ address: String, _ tag: String?, _ accept: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "Accept", value: accept)
        request.headers.add(name: "User-Agent", value: "Lieudit-mirror")
        if let tag { request.headers.add(name: "If-None-Match", value: tag) }
        return request
    }

    private func answer(
        to request: HTTPClientRequest, by end: ContinuousClock.Instant
    ) async throws -> (HTTPClientResponse, [UInt8]) {
        let left = ContinuousClock.now.duration(to: end)
        guard left > .zero else { throw Refusal("the source is too slow: the time for all is over") }
        do {
            let deadline = NIODeadline.now() + .milliseconds(left.components.seconds * 1_000 + 1)
            let response = try await client.execute(request, deadline: deadline)
            var body: [UInt8] = []
            for try await piece in response.body {
                body.append(contentsOf: piece.readableBytesView)
                guard body.count <= limits.bytes else {
                    throw Refusal("an answer of the source has more than \(limits.bytes) bytes")
                }
                guard ContinuousClock.now < end else {
                    throw Refusal("the source is too slow: its answer takes too long")
                }
            }
            return (response, body)
        } catch let refusal as Refusal {
            throw refusal
        } catch let error as HTTPClientError where error == .readTimeout || error == .deadlineExceeded {
            throw Refusal("the source is too slow: it says nothing for too long")
        } catch {
            throw Refusal("the source cannot be reached, or breaks off: \(type(of: error))")
        }
    }

    /// Scheme, host and port.
    private struct Origin: Equatable {
        let scheme: String
        let host: String
        let port: Int

        init?(_ address: String) {
            guard let parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
                ["http", "https"].contains(scheme), let host = parts.host?.lowercased(), !host.isEmpty,
                parts.user == nil, parts.password == nil
            else { return nil }
            self.scheme = scheme
            self.host = host
            port = parts.port ?? (scheme == "https" ? 443 : 80)
        }
    }
}
