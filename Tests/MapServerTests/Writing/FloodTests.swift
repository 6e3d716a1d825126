import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import Logging
import MapFormats
import SpatialDatabase
import Synchronization
import TestSupport
import Testing

@testable import MapServer

/// SR10, SR11: floods, guesses and slow clients.
@Suite struct FloodTests {
    private static let forwarded = HTTPField.Name("X-Forwarded-For")!  // a token

    @Test func whoWritesTooMuchIsToldWhenToComeBack() async throws {
        try await withFabrique(writesPerMinute: 3) { fabrique async throws -> Void in
            for _ in 0..<3 { #expect(try await fabrique.post().status == .created) }
            let refused = try await fabrique.post()
            #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "20")
            fabrique.clock.advance(19.9)
            #expect(try await fabrique.post().status == .tooManyRequests)
            fabrique.clock.advance(0.2)
            #expect(try await fabrique.post().status == .created)
            #expect(try await fabrique.post().status == .tooManyRequests)
            #expect(try fabrique.count() == 4)
            // Reading is never limited.
            for _ in 0..<20 { #expect(try await fabrique.server.get(Fabrique.items).status == .ok) }
        }
    }

    @Test func zeroLiftsTheLimit() async throws {
        try await withFabrique { fabrique async throws -> Void in
            for _ in 0..<100 { #expect(try await fabrique.post().status == .created) }
        }
    }

    @Test func whatIsSaidOfAnAddressIsBelievedFromTheProxyOnly() async throws {
        var behind = MapServerConfiguration(port: 0)
        behind.trustedProxy = "127.0.0.1"
        try await withFabrique(configuration: behind, writesPerMinute: 1) { fabrique async throws -> Void in
            func post(_ forwarded: String) async throws -> HTTPResponse.Status {
                try await fabrique.post(Fabrique.body(), [Self.forwarded: forwarded]).status
            }
            #expect(try await post("203.0.113.7") == .created)
            #expect(try await post("203.0.113.7") == .tooManyRequests)
            #expect(try await post("203.0.113.8") == .created)
            // What stands before the last entry, the client has written itself.
            #expect(try await post("198.51.100.1, 203.0.113.7") == .tooManyRequests)
            #expect(try await post("::ffff:203.0.113.7") == .tooManyRequests)
            #expect(try await post("::ffff:203.0.113.9") == .created)
            // One household has 64 bits.
            #expect(try await post("2001:db8:1:2::1") == .created)
            #expect(try await post("2001:db8:1:2:ffff::9") == .tooManyRequests)
            #expect(try await post("2001:db8:1:3::1") == .created)
        }
        var elsewhere = MapServerConfiguration(port: 0)
        elsewhere.trustedProxy = "192.0.2.1"
        try await withFabrique(configuration: elsewhere, writesPerMinute: 1) { fabrique async throws -> Void in
            #expect(try await fabrique.post(Fabrique.body(), [Self.forwarded: "203.0.113.7"]).status == .created)
            #expect(
                try await fabrique.post(Fabrique.body(), [Self.forwarded: "203.0.113.8"]).status == .tooManyRequests)
        }
    }

    @Test func guessesAreFewAndRightCodesAreFree() async throws {
        try await withFabrique(writesPerMinute: 5) { fabrique async throws -> Void in
            let given = try await fabrique.contribute()
            func open(_ code: String) async throws -> TestResponse {
                try await fabrique.send(.post, "/receipts", #"{"code":"\#(code)"}"#)
            }
            for _ in 0..<30 { #expect(try await open(given.code).status == .ok) }
            for guess in 0..<10 {
                #expect(try await open("0000-0000-000\(guess)").status == .notFound)
            }
            let refused = try await open("0000-0000-0000")
            #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "360")
            // Who needs no code is not in the way of who guesses.
            #expect(try await fabrique.post().status == .created)
            fabrique.clock.advance(361)
            #expect(try await open(given.code).status == .ok)
            #expect(try await open("0000-0000-0000").status == .notFound)
            #expect(try await open("0000-0000-0000").status == .tooManyRequests)
        }
    }

    @Test func anInvitationHasABucketOfItsOwnAndAnInventedOneHasNone() async throws {
        try await withFabrique(writesPerMinute: 2) { fabrique async throws -> Void in
            let code = "7K3M-0QXA-T1ZD"
            _ = try await fabrique.temporary.store.invite(code: code, to: "fabrique", at: Fabrique.noon)
            func post(_ code: String) async throws -> HTTPResponse.Status {
                try await fabrique.post(Fabrique.body(more: #","invitation":"\#(code)""#)).status
            }
            // A class behind one address.
            for _ in 0..<20 { #expect(try await post(code) == .created) }
            #expect(try await post(code.lowercased()) == .tooManyRequests)
            for guess in 0..<2 { #expect(try await post("0000-0000-000\(guess)") == .created) }
            for guess in 2..<6 { #expect(try await post("0000-0000-000\(guess)") == .tooManyRequests) }
        }
    }

    @Test func wrongInvitationsAreCountedAndNothingElseIs() async throws {
        try await withFabrique(layer: { $0.contributors = .invited }) { fabrique async throws -> Void in
            func post(_ more: String) async throws -> HTTPResponse.Status {
                try await fabrique.post(Fabrique.body(more: more)).status
            }
            for _ in 0..<20 { #expect(try await post("") == .forbidden) }
            for guess in 0..<10 { #expect(try await post(#","invitation":"0000-0000-000\#(guess)""#) == .forbidden) }
            #expect(try await post(#","invitation":"0000-0000-0000""#) == .tooManyRequests)
            #expect(try fabrique.count() == 0)
        }
    }

    private func head(_ method: String = "POST", _ address: String, length: Int) -> String {
        "\(method) \(address) HTTP/1.1\r\nHost: lieu\r\nContent-Length: \(length)\r\n\r\n"
    }

    @Test(
        "a body that does not come is waited for a little, and then no more",
        arguments: [
            ("POST", Fabrique.items, " 408 "), ("POST", "/receipts", " 408 "), ("POST", "/nulle-part", " 404 "),
            ("PATCH", "\(Fabrique.items)/x", " 4"), ("DELETE", "\(Fabrique.items)/x", " 4"),
            ("PROPFIND", "/", " 405 "),
        ])
    func slowBodies(method: String, address: String, status: String) async throws {
        var configuration = MapServerConfiguration(port: 0)
        configuration.bodyPatience = .milliseconds(300)
        try await withFabrique(configuration: configuration) { fabrique async throws -> Void in
            let connection = try RawConnection(port: try #require(fabrique.server.client.port))
            let began = ContinuousClock.now
            let answer = await connection.askUntilTheEnd(self.head(method, address, length: 1_000) + "{")
            #expect(answer?.hasPrefix("HTTP/1.1\(status)") == true, "\(answer ?? "never hung up")")
            #expect(ContinuousClock.now - began < .seconds(30))
            #expect(try await fabrique.post().status == .created)
        }
    }

    @Test func aBodyThatNobodyReadsIsNotInTheWayOfTheNextRequest() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let connection = try RawConnection(port: try #require(fabrique.server.client.port))
            let body = Fabrique.body()
            let refused = self.head("POST", "/nulle-part", length: body.utf8.count) + body
            #expect(await connection.ask(refused).hasPrefix("HTTP/1.1 404"))
            let last = "GET /health HTTP/1.1\r\nHost: lieu\r\nConnection: close\r\n\r\n"
            let answer = await connection.askUntilTheEnd(last)
            #expect(answer?.contains("HTTP/1.1 200 OK") == true, "\(answer ?? "nothing")")
        }
    }

    @Test func nothingOfAnybodyIsLogged() async throws {
        let lines = Lines()
        var behind = MapServerConfiguration(port: 0)
        behind.trustedProxy = "127.0.0.1"
        let logger = Logger(label: "test") { _ in lines.handler }
        try await withFabrique(configuration: behind, writesPerMinute: 30, logger: logger) {
            fabrique async throws -> Void in
            let from: HTTPFields = [Self.forwarded: "203.0.113.77"]
            let given = try await fabrique.contribute(
                Fabrique.body(title: "Zébrulon", text: "Quintaphore", at: (2.3795173, 48.8680391)), from)
            try await fabrique.decide("publish", given)
            _ = try await fabrique.server.get("\(Fabrique.items)?q=zebrulon&near=2.3795173,48.8680391", from)
            _ = try await fabrique.send(.patch, given.address, #"{"properties":{"text":"Xylofrage"}}"#, given.bearer)
            _ = try await fabrique.post(Fabrique.body(title: "Zébrulon", more: #","Zébrulon":1"#), from)
            _ = try await fabrique.send(.post, "/receipts", #"{"code":"\#(given.code)"}"#, from)
            _ = try await fabrique.send(.delete, given.address, nil, given.bearer)
            _ = try await fabrique.server.get("/Z%C3%A9brulon/203.0.113.77", given.bearer)
            for _ in 0..<40 { _ = try await fabrique.post(Fabrique.body(), from) }
            let words = [
                "203.0.113", "Zébrulon", "zebrulon", "Quintaphore", "Xylofrage", "2.37951", "48.8680391", given.token,
                given.code, fabrique.curator.text, given.identifier,
            ]
            for word in words { #expect(!lines.text.contains(word), "\(word) was logged") }
        }
    }
}

/// Everything that is logged, at every level.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    var handler: any LogHandler { Handler(lines: self) }

    private struct Handler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let more = metadata.merging(event.metadata ?? [:]) { $1 }
            lines.lines.withLock { $0.append("\(event.message) \(more)") }
        }
    }
}
