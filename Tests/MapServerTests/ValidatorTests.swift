import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import MapServer

/// Validators are hashes of public content: whoever holds the current one is sent nothing.
@Suite struct ValidatorTests {
    static let strong = [
        "\(Server.items)/\(Sample.identifier(1))", "/xyz/quartier/14/8300/5636.mvt",
        "/xyz/quartier/14/8300/5636.geojson",
        "/xyz/quartier/0/0/0.geojson?kind=place", "/exports/quartier.geojson", "/exports/quartier.geojsonl",
        "/exports/quartier.csv",
        "/collections", "/collections/quartier", "/", "/xyz/quartier.json", "/map/quartier", "/assets/lieudit.css",
    ]
    static let weak = [Server.items, "\(Server.items)?near=2.38,48.86&limit=2", "\(Server.items)?q=bal"]

    @Test(
        "Whoever holds the content is sent 304 without a body, in any encoding", .server(try Sample.mixed()),
        .serialized, arguments: strong + weak)
    func whoHoldsTheContentIsSentNothing(address: String) async throws {
        let server = try Server.shared
        for encoding in ["identity", "gzip"] {
            let full = try await server.get(address, [.acceptEncoding: encoding])
            let tag = try #require(full.headers[.eTag], "\(address)")
            #expect(tag.hasPrefix("W/") == Self.weak.contains(address), "\(tag)")
            for held in [tag, "W/" + tag.replacing("W/", with: ""), "\"x\", \(tag)", "\(tag),\"y\"", "*"] {
                let unchanged = try await server.get(address, [.acceptEncoding: encoding, .ifNoneMatch: held])
                #expect(unchanged.status == .notModified, "\(address) \(held)")
                #expect(unchanged.bytes.isEmpty)
                #expect(unchanged.headers[.eTag] == tag, "\(address) \(encoding)")
                for name in [HTTPField.Name.cacheControl, .vary, .accessControlAllowOrigin] {
                    #expect(unchanged.headers[name] == full.headers[name], "\(name)")
                }
                #expect(unchanged.headers[.contentLength] == nil && unchanged.headers[.contentType] == nil)
            }
            for other in ["\"x\"", "W/\"0000000000000000\"", "", "x"] {
                #expect(
                    try await server.get(address, [.acceptEncoding: encoding, .ifNoneMatch: other]).status == .ok,
                    "\(other)")
            }
        }
    }

    @Test("What is compressed has a tag of its own, and either is recognised")
    func eachEncodingHasItsTag() async throws {
        try await withServer(try Sample.row(60)) { server in
            for address in ["/xyz/quartier/8/129/88.geojson", "/exports/quartier.geojson", "/map/quartier"] {
                let plain = try await server.get(address)
                let packed = try await server.get(address, [.acceptEncoding: "gzip"])
                #expect(packed.headers[.contentEncoding] == "gzip")
                let (plainTag, packedTag) = (try #require(plain.headers[.eTag]), try #require(packed.headers[.eTag]))
                #expect(plainTag != packedTag)
                let unchanged = try await server.get(address, [.ifNoneMatch: packedTag])
                #expect(unchanged.status == .notModified && unchanged.headers[.eTag] == plainTag)
            }
        }
    }

    @Test("The tag changes with the content, and comes back with it; never with the time")
    func theTagFollowsTheContent() async throws {
        try await withServer(try Sample.row(3)) { server in
            let addresses = [Server.items, "/xyz/quartier/0/0/0.mvt", "/exports/quartier.geojson"]
            for address in addresses {
                let before = try await server.get(address)
                let again = try await server.get(address)
                #expect(before.headers[.eTag] == again.headers[.eTag])
                #expect(before.headers[.lastModified] == nil)
                try await ImportedFile.points(1, titled: "nouveau").bringIn(through: server.layers)
                let after = try await server.get(address, [.ifNoneMatch: before.headers[.eTag] ?? ""])
                #expect(after.status == .ok, "\(address)")
                #expect(after.headers[.eTag] != before.headers[.eTag])
            }
        }
    }

    @Test func errorsHaveNoTag() async throws {
        try await withServer { server in
            for address in ["/nulle/part", "\(Server.items)?limit=0", "/collections/ailleurs"] {
                let response = try await server.get(address, [.ifNoneMatch: "*"])
                #expect(response.headers[.eTag] == nil && response.status.code >= 400)
            }
        }
    }

    @Test("Pieces that change places change the hash, in whichever lane they are")
    func placesChangeTheHash() {
        let bytes = (0..<400).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var seen: Set<UInt64> = [ContentHash.of(bytes)]
        var count = 1
        for size in [8, 16, 32, 64] {
            for first in stride(from: 0, to: 192, by: size) {
                for second in stride(from: first + size, through: 256, by: size) {
                    var other = bytes
                    other.replaceSubrange(first..<(first + size), with: bytes[second..<(second + size)])
                    other.replaceSubrange(second..<(second + size), with: bytes[first..<(first + size)])
                    seen.insert(ContentHash.of(other))
                    count += other == bytes ? 0 : 1
                }
            }
        }
        #expect(seen.count == count)
    }

    @Test("A chain of pieces tells their order, and a piece from none")
    func seedsChainPieces() {
        func chain(_ pieces: [[UInt8]]) -> UInt64 {
            pieces.reduce(1) { hash, piece in piece.withUnsafeBytes { ContentHash.of($0, seed: hash) } }
        }
        let long = [UInt8](repeating: 3, count: 200)
        let chains: [[[UInt8]]] = [
            [], [[]], [[], []], [[1], [2]], [[2], [1]], [[1, 2]], [long, [1]], [[1], long],
        ]
        #expect(Set(chains.map(chain)).count == chains.count)
    }

    @Test("Any change of any byte changes the hash")
    func anyByteChangesTheHash() {
        var seen: Set<UInt64> = []
        for length in 0..<200 {
            let bytes = [UInt8](repeating: 7, count: length)
            seen.insert(ContentHash.of(bytes))
            for place in 0..<length {
                var other = bytes
                other[place] ^= 1
                seen.insert(ContentHash.of(other))
            }
        }
        #expect(seen.count == 200 + (0..<200).reduce(0, +))
    }
}
