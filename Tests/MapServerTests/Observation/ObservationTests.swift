import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

@Suite struct ObservationTests {
    private func operatorsToken(_ server: Server) async throws -> HTTPFields {
        var generator = SeededGenerator(seed: 1)
        let secret = Secret.random(using: &generator).text
        _ = try await server.layers.store.createToken(secret: secret, role: "operator", layer: nil, at: 0)
        return [.authorization: "Bearer \(secret)"]
    }

    @Test func metricsCountRequestsByTheNamesOfRoutesAndNothingThatWasSent() async throws {
        try await withServer { server in
            let token = try await operatorsToken(server)
            for _ in 0..<3 { _ = try await server.get("/collections/quartier/items?bbox=2.345678,48.8,2.4,48.9") }
            _ = try await server.get("/collections/zebrulon/items")
            _ = try await server.get("/nowhere/quintaphore?q=zebrulon")
            let response = try await server.get("/metrics", token)
            #expect(response.status == .ok)
            let text = response.text
            let items = #"{route="/collections/{layer}/items",method="GET""#
            #expect(text.contains("lieudit_requests_total\(items),status=\"200\"} 3\n"))
            #expect(text.contains("lieudit_requests_total\(items),status=\"404\"} 1\n"))
            #expect(text.contains(#"lieudit_requests_total{route="none",method="any",status="404"} 1"#))
            #expect(text.contains("lieudit_request_seconds_bucket\(items),le=\"+Inf\"} 4\n"))
            #expect(text.contains("lieudit_request_seconds_count\(items)} 4\n"))
            #expect(text.contains("lieudit_index_features{layer=\"quartier\"} 0\n"))
            #expect(text.contains("lieudit_store_writable 1\n"))
            for sent in ["zebrulon", "quintaphore", "2.345678", "127.0.0.1"] {
                #expect(!text.contains(sent), "\(sent)")
            }
            #expect(try Self.isWellFormed(text))
        }
    }

    @Test func metricsAreForOperatorsOnly() async throws {
        try await withServer { server in
            let response = try await server.get("/metrics")
            #expect(response.status == .unauthorized)
        }
    }

    @Test func theBackupsAgeIsThereOnceThereIsABackup() async throws {
        var configuration = MapServerConfiguration(port: 0)
        configuration.lastBackup = { Date(timeIntervalSinceNow: -3_600) }
        try await withServer(configuration: configuration) { server in
            let text = try await server.get("/metrics", try await operatorsToken(server)).text
            #expect(text.firstMatch(of: #/\nlieudit_backup_age_seconds 36\d\d/#) != nil)
        }
        try await withServer { server in
            let text = try await server.get("/metrics", try await operatorsToken(server)).text
            #expect(!text.contains("backup_age"))
        }
    }

    @Test func aBucketCountsAllThatWasFaster() {
        let meter = RouteMeter()
        for seconds in [0.0004, 0.0005, 0.003, 0.7, 9] { meter.note(200, seconds: seconds) }
        meter.note(503, seconds: 0.1)
        let counts = meter.current
        #expect(counts.buckets == [2, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1])
        #expect(counts.statuses.map(\.status) == [200, 503] && counts.statuses.map(\.count) == [5, 1])
    }

    /// Each line is a comment, or a name with labels and a number; each name was announced before.
    private static func isWellFormed(_ text: String) throws -> Bool {
        var announced: Set<Substring> = []
        for line in text.split(separator: "\n") {
            if let kind = line.wholeMatch(of: #/# TYPE (\w+) (counter|gauge|histogram)/#) {
                announced.insert(kind.output.1)
            } else if !line.hasPrefix("# HELP ") {
                let sample = try #require(
                    line.wholeMatch(of: #/(\w+)(\{(\w+="[^"\\]*",?)+\})? [0-9.e+-]+/#), "\(line)")
                let family = sample.output.1.replacing(#/_(bucket|sum|count)$/#, with: "")
                #expect(announced.contains(sample.output.1) || announced.contains(Substring(family)), "\(line)")
            }
        }
        return !announced.isEmpty
    }
}
