import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import Testing

@testable import MapServer

@Suite struct FileExportTests {
    private static let address = "/exports/quartier.pmtiles"

    @Test("Any part of a file can be asked for, and only parts that there are")
    func anyPartCanBeAskedFor() async throws {
        try await withServer(try Sample.mixed()) { server in
            let whole = try await server.get(Self.address)
            let size = whole.bytes.count
            #expect(whole.status == .ok && whole.headers[.acceptRanges] == "bytes")
            #expect(whole.headers[.contentLength] == String(size))
            #expect(whole.bytes.starts(with: Array("PMTiles".utf8)))
            for (asked, range) in [
                ("bytes=0-126", 0..<127), ("bytes=127-", 127..<size), ("bytes=-5", size - 5..<size),
                ("bytes=0-99999999999999999999", 0..<size), ("bytes=-99999999", 0..<size), ("bytes=7-7", 7..<8),
            ] {
                let part = try await server.get(Self.address, [.range: asked])
                #expect(part.status == .partialContent && part.bytes == Array(whole.bytes[range]), "\(asked)")
                #expect(
                    part.headers[.contentRange] == "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)")
                #expect(part.headers[.eTag] == whole.headers[.eTag])
            }
            for asked in ["bytes=0-1,4-5", "items=0-1", "bytes=5-2", "bytes=a-b", "bytes=-", "0-5"] {
                #expect(try await server.get(Self.address, [.range: asked]).status == .ok, "\(asked)")
            }
            for asked in ["bytes=\(size)-", "bytes=-0", "bytes=99999999999999999999-"] {
                let none = try await server.get(Self.address, [.range: asked])
                #expect(none.status == .rangeNotSatisfiable, "\(asked)")
                #expect(none.headers[.contentRange] == "bytes */\(size)")
                #expect(none.mediaType == "application/problem+json")
            }
            let head = try await server.send(.head, Self.address, [.range: "bytes=0-1"])
            #expect(head.status == .ok && head.headers[.contentLength] == String(size))
        }
    }

    @Test("A part is sent only of the file that the client has begun with")
    func aPartIsOfTheSameFile() async throws {
        try await withServer(try Sample.mixed()) { server in
            let tag = try #require(try await server.get(Self.address).headers[.eTag])
            func status(_ condition: String) async throws -> HTTPResponse.Status {
                try await server.get(Self.address, [.range: "bytes=0-1", .ifRange: condition]).status
            }
            #expect(try await status(tag) == .partialContent)
            #expect(try await status("\"0000000000000000\"") == .ok)
            #expect(try await status("W/" + tag) == .ok)
            #expect(try await status("Sat, 21 Nov 2026 10:00:00 GMT") == .ok)
        }
    }

    @Test("Whoever holds the file is sent 304, until what is published changes")
    func validatorsFollowTheLayer() async throws {
        try await withServer(try Sample.mixed()) { server in
            let tag = try #require(try await server.get(Self.address).headers[.eTag])
            #expect(try await server.get(Self.address, [.ifNoneMatch: tag]).status == .notModified)
            let one = try Sample.publication(77, Sample.point(2.4, 48.9))
            let layer = try server.layers.require(try LayerIdentifier("quartier"))
            layer.apply(insert: [one])
            let fresh = try await server.get(Self.address, [.ifNoneMatch: tag])
            #expect(fresh.status == .ok && fresh.headers[.eTag] != tag)
            layer.apply(remove: [one.identifier])
            #expect(try await server.get(Self.address).headers[.eTag] == tag)
        }
    }

    @Test("A file takes the conditions of items, and says what it leaves out")
    func conditionsHold() async throws {
        try await withServer(try Sample.mixed()) { server in
            let all = try await server.get(Self.address)
            let some = try await server.get(Self.address + "?kind=memory")
            #expect(some.headers[HTTPField.Name("OGC-NumberMatched")!] == "2")
            #expect(all.headers[.eTag] != some.headers[.eTag])
            #expect(all.headers[HTTPField.Name("Lieudit-Left-Out")!] == "1", "what stands nowhere")
            #expect(try await server.get(Self.address + "?kind=chose").status == .badRequest)
            #expect(try await server.get(Self.address + "?crs=x").status == .badRequest)
        }
    }

    @Test("A layer without anything is an archive without tiles", arguments: ["pmtiles", "mbtiles"])
    func anEmptyLayerIsAnEmptyArchive(format: String) async throws {
        try await withServer { server async throws in
            let reply = try await server.get("/exports/quartier.\(format)")
            #expect(reply.status == .ok && !reply.bytes.isEmpty)
        }
    }
}
