import Contributions
import Curation
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MapFormats
import MapGeometry
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// What the web is told of each error, and what it is not.
@Suite struct ErrorTests {
    private struct Unforeseen: Error, CustomStringConvertible {
        let description = "secret at /var/lib/lieudit, near 2.3795,48.868"
    }

    private static let quartier = try! LayerIdentifier("quartier")  // a literal that is valid

    private func problem(_ error: any Error) throws -> (Problem, JSONValue) {
        let problem = Problem(error)
        return (problem, try JSONParser.parse(problem.body))
    }

    @Test func whoMustWaitIsToldForHowLong() throws {
        let (problem, document) = try problem(StoreError.busy(seconds: 10))
        #expect(problem.status == .serviceUnavailable)
        #expect(problem.headers[.retryAfter] == "10")
        #expect(document["code"] == "Busy" && document["status"] == 503)
        #expect(Problem(StoreError.busy(seconds: 0)).headers[.retryAfter] == "1")
    }

    @Test(
        "Faults of ours are told without their words",
        arguments: [
            StoreError.missing(path: "/secret"), .locked(path: "/secret"),
            .cannotLock(path: "/secret", reason: "secret"),
            .unsafeSetting(name: "secret", found: "secret", expected: "secret"),
            .damagedRow(table: "secret", number: 7), .damagedGeometry,
            .spatialSetup("secret"),
        ])
    func faultsOfOursAreToldWithoutTheirWords(error: StoreError) throws {
        let (problem, document) = try problem(error)
        #expect(problem.status == .internalServerError && document["code"] == "ServerError")
        #expect(!String(decoding: problem.body, as: UTF8.self).contains("secret"))
    }

    @Test func anUnforeseenErrorSaysNothingOfItself() async throws {
        let temporary = try TemporaryStore()
        let site = try Site(
            layers: try PublishedLayers(store: temporary.store), configuration: MapServerConfiguration(),
            clock: { Date() },
            pages: try Pages(), tiles: TileCache())
        let log = Log()
        let routes = [
            Route("/secret") { _ in throw Unforeseen() },
            Route("/occupé") { _ in throw StoreError.busy(seconds: 7) },
        ]
        let responder = SiteResponder(site: site, routes: routes, logger: Logger(label: "test") { _ in log })
        try await Application(responder: responder, logger: .silent).test(.router) { client in
            let response = try await client.execute(uri: "/secret?", method: .get)
            #expect(response.status == .internalServerError)
            #expect(response.mediaType == "application/problem+json")
            for word in ["secret", "var", "2.3795", "Unforeseen"] { #expect(!response.text.contains(word)) }
            #expect(log.lines.count == 1)
            #expect(!log.lines.joined().contains("2.3795") && !log.lines.joined().contains("/var"))
            let busy = try await client.execute(uri: "/occup%C3%A9", method: .get)
            #expect(busy.status == .serviceUnavailable && busy.headers[.retryAfter] == "7")
        }
    }

    @Test(
        "What a visitor got wrong has a status of its own",
        arguments: [
            (StoreError.layerExists(quartier) as any Error & Sendable, 409),
            (StoreError.duplicateIdentifier(PublicIdentifier(bits: 1)), 409),
            (StoreError.unknownLayer(quartier), 404),
            (ContributionError.layerIdentifier("x"), 404), (ContributionError.date("x"), 422),
            (ContributionError.theme(""), 422),
            (GeometryError.ringNotClosed, 400), (FormatError.file(.empty), 422), (ImportError.file(reason: "x"), 422),
            (WebError.noSuchTile, 404), (WebError.notAcceptable(offered: ["a"]), 406),
            (WebError.addressTooLong(limit: 1), 414),
            (WebError.conflictingParameters("near", "sortby"), 400),
        ])
    func eachErrorHasItsStatus(error: any Error & Sendable, status: Int) throws {
        let (problem, document) = try problem(error)
        #expect(problem.status.code == status)
        #expect(document["status"] == .integer(Int64(status)) && document["type"] == "about:blank")
        #expect(document["title"]?.text == problem.status.reasonPhrase)
    }
}

/// Keeps what was logged.
private final class Log: LogHandler, @unchecked Sendable {  // because one task logs and reads
    private(set) var lines: [String] = []
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.append("\(event.message) \(event.metadata ?? [:])")
    }
}
