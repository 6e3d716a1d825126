import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import MapServer

/// What all answers have in common.
@Suite struct DeliveryTests {
    static let addresses = [
        "/", "/?f=html", "/collections", "/collections/quartier", Server.items,
        "\(Server.items)/\(Sample.identifier(1))",
        "/styles", "/xyz/quartier.json", "/xyz/quartier/8/129/88.mvt", "/xyz/quartier/8/129/88.geojson",
        "/tileMatrixSets", "/tileMatrixSets/WebMercatorQuad", "/collections/quartier/tiles", "/tiles",
        "/collections/quartier/tiles/WebMercatorQuad", "/collections/quartier/tiles/WebMercatorQuad/8/88/129?f=mvt",
        "/tiles/WebMercatorQuad", "/tiles/WebMercatorQuad?f=tilejson", "/tiles/WebMercatorQuad/8/88/129",
        "/exports/quartier.geojson",
        "/exports/quartier.csv", "/map/quartier", "/assets/map.js", "/favicon.ico", "/health",
    ]

    @Test(
        "Every answer may be read by every page and says how it may be kept and used", .server(try Sample.row(30)),
        .serialized,
        arguments: addresses + [
            "/nulle/part", "\(Server.items)?limit=0", "/collections/ailleurs", "/%ZZ",
        ])
    func everyAnswerHasItsHeaders(address: String) async throws {
        let server = try Server.shared
        let response = try await server.get(address)
        #expect(response.headers[.accessControlAllowOrigin] == "*")
        #expect(response.headers[.vary]?.contains("Accept-Encoding") == true)
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        let referrers = try #require(HTTPField.Name("Referrer-Policy"))
        #expect(response.headers[referrers] == "no-referrer")
        let policy = response.headers[.contentSecurityPolicy] ?? ""
        #expect(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'")
                && !policy.contains("unsafe"))
        #expect(response.headers[.cacheControl] != nil)
        #expect(response.headers[.setCookie] == nil && response.headers[.lastModified] == nil)
    }

    @Test(
        "HEAD is GET without its body", .server(try Sample.row(30)), .serialized,
        arguments: addresses + ["/nulle/part", "\(Server.items)?limit=0"])
    func headIsGetWithoutItsBody(address: String) async throws {
        let server = try Server.shared
        for encoding in ["identity", "gzip"] {
            let full = try await server.get(address, [.acceptEncoding: encoding])
            let head = try await server.send(.head, address, [.acceptEncoding: encoding])
            #expect(head.status == full.status && head.bytes.isEmpty)
            for field in full.headers where field.name != .date && field.name != .transferEncoding {
                #expect(head.headers[field.name] == full.headers[field.name], "\(field.name) of \(address)")
            }
            if let length = full.headers[.contentLength] { #expect(Int(length) == full.bytes.count) }
            #expect((full.headers[.contentLength] == nil) == address.hasPrefix("/exports/"))
            #expect(head.headers[.contentLength] == String(full.bytes.count))
            // An answer with more bytes than it says would spoil the next one.
            #expect(try await server.get("/health").text == #"{"status":"ok","writing":"ok"}"#)
        }
    }

    @Test(
        "What is compressed unpacks to the same bytes", .server(try Sample.row(300)), .serialized, arguments: addresses)
    func whatIsCompressedUnpacks(address: String) async throws {
        let server = try Server.shared
        let plain = try await server.get(address)
        #expect(plain.headers[.contentEncoding] == nil)
        let packed = try await server.get(address, [.acceptEncoding: "br;q=1, gzip;q=0.8, *;q=0.1"])
        guard packed.headers[.contentEncoding] == "gzip" else {
            #expect(plain.bytes.count < 860 || plain.mediaType?.hasPrefix("image/") == true)
            #expect(packed.headers[.eTag] == plain.headers[.eTag])
            return
        }
        let unpacked = String(decoding: try gunzip(packed.bytes), as: UTF8.self)
        // The moment at which a page of items was made is its last member.
        #expect(unpacked.split(separator: "\"timeStamp\"").first == plain.text.split(separator: "\"timeStamp\"").first)
        #expect(plain.bytes.count < 2_000 || packed.bytes.count < plain.bytes.count)
    }

    @Test(
        "Compression is used only by those who take it", .server(try Sample.row(60)), .serialized,
        arguments: [
            ("gzip", true), ("GZIP", true), ("deflate, gzip;q=0.5", true), ("*", true), ("gzip;q=0", false),
            ("gzip; q=0.0, *", false),
            ("identity", false), ("br", false), ("*;q=0", false), ("", false), ("gzippé", false),
        ])
    func compressionIsUsedByThoseWhoTakeIt(accepted: String, isPacked: Bool) async throws {
        let server = try Server.shared
        let response = try await server.get("/exports/quartier.geojson", [.acceptEncoding: accepted])
        #expect((response.headers[.contentEncoding] == "gzip") == isPacked)
    }

    @Test func compressingManyBodiesKeepsMemoryFlat() throws {
        let bytes = Array("Un mot, puis un autre. ".utf8)
        for _ in 0..<50 { _ = Gzip.compress(bytes) }
        let before = residentKilobytes()
        for _ in 0..<1_000 { _ = Gzip.compress(bytes) }
        // A compressor weighs about 260 kB; a thousand that were not freed would be 260 MB.
        #expect(residentKilobytes() - before < 60_000)
        #expect(try gunzip(try #require(Gzip.compress(bytes))) == bytes)
    }

    private func residentKilobytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
        return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
    }

    @Test(
        "OPTIONS tells a page from elsewhere what it may do", .server(), .serialized,
        arguments: ["/conformance", "/", "/exports/quartier.csv"])
    func optionsTellsWhatIsAllowed(address: String) async throws {
        let server = try Server.shared
        let response = try await server.send(.options, address, [.origin: "https://ailleurs.example"])
        #expect(response.status == .noContent && response.bytes.isEmpty)
        #expect(response.headers[.allow] == "GET, HEAD, OPTIONS")
        #expect(response.headers[.accessControlAllowOrigin] == "*")
        let methods = try #require(HTTPField.Name("Access-Control-Allow-Methods"))
        #expect(response.headers[methods] == "GET, HEAD, OPTIONS")
        #expect(response.headers[.contentLength] == nil)
        #expect(try await server.send(.options, "/nulle/part").status == .notFound)
    }

    @Test(
        "Other methods are refused with those that are taken", .server(try Sample.row(1)), .serialized,
        arguments: [
            HTTPRequest.Method.post, .put, .patch, .delete, .trace,
        ])
    func otherMethodsAreRefused(method: HTTPRequest.Method) async throws {
        let server = try Server.shared
        let body = ByteBuffer(string: #"{"type":"Feature"}"#)
        let response = try await server.client.execute(
            uri: "/collections/quartier/schema", method: method, body: method == .trace ? nil : body)
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] == "GET, HEAD, OPTIONS")
        #expect(response.mediaType == "application/problem+json")
        // The connection goes on behind a body that nobody has read.
        #expect(try await server.get(Server.items).status == .ok)
        #expect(try await server.send(method, "/nulle/part").status == .notFound)
    }
}

/// Unpacks with the system's own program, which shares nothing with our writer but the format.
func gunzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("lieudit-\(UUID().uuidString).gz")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let program = Process()
    program.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    program.arguments = ["gzip", "--decompress", "--stdout", file.path]
    let output = Pipe()
    program.standardOutput = output
    try program.run()
    let unpacked = try output.fileHandleForReading.readToEnd() ?? Data()
    program.waitUntilExit()
    guard program.terminationStatus == 0 else { throw NotGzip() }
    return Array(unpacked)
}

struct NotGzip: Error {}
