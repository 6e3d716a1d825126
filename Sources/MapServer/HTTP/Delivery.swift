import Curation
import HTTPTypes
import Hummingbird
import NIOCore

/// Turns a reply into the response that one client has asked for.
struct Delivery {
    private let method: HTTPRequest.Method
    /// Whether the client takes gzip.
    let acceptsGzip: Bool
    private let heldTags: String?
    private let isSecure: Bool

    /// - Parameter isSecure: whether people reach us by TLS, as the configured address says.
    init(_ request: Request, isSecure: Bool) {
        self.isSecure = isSecure
        method = request.method
        acceptsGzip = Self.accepts(gzip: request.headers.text(of: .acceptEncoding))
        heldTags = request.headers.text(of: .ifNoneMatch)
    }

    /// - Throws: what making a streamed body throws, when nothing of it has been sent.
    func response(for reply: Reply) async throws -> Response {
        var headers = SafetyHeaders.common(isSecure: isSecure, isIndexable: reply.isIndexable)
        // Moved once, for all that is added here and by the server library.
        headers.reserveCapacity(headers.count + reply.headers.count + 6)
        // Fields as they are: one made of a name and a value is looked through again, letter by letter.
        for field in reply.headers { headers[fields: field.name] = [field] }
        #if DEBUG
            headers[.lastModified] = SeededLeak.planted?.lastModified.map { String($0) }
        #endif
        if let tag = reply.entityTag, let heldTags, reply.status == .ok {
            let text = tag.text(isCompressed: isCompressed(reply))
            // Most clients hold what we would send.
            if heldTags == text || tag.matches(heldTags) {
                headers[.eTag] = text
                return Response(status: .notModified).withHeaders(headers)
            }
        }
        if reply.status != .noContent { headers[.contentType] = reply.mediaType }
        switch reply.body {
        case .bytes(let bytes):
            let gzip = isCompressed(reply) ? Gzip.compress(bytes) : nil
            return response(reply, headers, ByteBuffer(bytes: gzip ?? bytes), isCompressed: gzip != nil)
        case .buffer(let buffer):
            let gzip = isCompressed(reply) ? Gzip.compress(Array(buffer.readableBytesView)) : nil
            return response(reply, headers, gzip.map { ByteBuffer(bytes: $0) } ?? buffer, isCompressed: gzip != nil)
        case .precompressed(let bytes, let gzip):
            let chosen = ByteBuffer(bytes: acceptsGzip ? gzip : bytes)
            return response(reply, headers, chosen, isCompressed: acceptsGzip)
        case .gzipped(let gzip):
            guard let bytes = acceptsGzip ? gzip : Gunzip.decompress(gzip) else { throw WebError.damagedContent }
            return response(reply, headers, ByteBuffer(bytes: bytes), isCompressed: acceptsGzip)
        case .pieces(let next):
            return try await streamed(reply, headers, next)
        case .file(let body): return try body.response(to: method, reply.entityTag, headers)
        }
    }

    private func isCompressed(_ reply: Reply) -> Bool {
        guard acceptsGzip, Self.isCompressible(reply.mediaType) else { return false }
        return switch reply.body {
        case .bytes(let bytes): bytes.count >= Gzip.smallestBody
        case .buffer(let buffer): buffer.readableBytes >= Gzip.smallestBody
        case .precompressed, .gzipped, .pieces: true
        case .file: false
        }
    }

    private func response(
        _ reply: Reply, _ headers: HTTPFields, _ buffer: ByteBuffer, isCompressed: Bool
    ) -> Response {
        var headers = headers
        headers[.eTag] = reply.entityTag?.text(isCompressed: isCompressed)
        if isCompressed { headers[.contentEncoding] = "gzip" }
        if reply.status == .noContent { return Response(status: .noContent).withHeaders(headers) }
        headers[.contentLength] = String(buffer.readableBytes)
        let body = method == .head ? ResponseBody() : ResponseBody(byteBuffer: buffer)
        return Response(status: reply.status, headers: headers, body: body)
    }

    /// For HEAD the length of the stream is counted: without one the server library announces chunks and ends
    /// them, and those bytes would stand where the client expects its next answer.
    private func streamed(
        _ reply: Reply, _ headers: HTTPFields, _ next: @escaping @Sendable () async throws -> [UInt8]?
    ) async throws -> Response {
        var headers = headers
        let isCompressed = isCompressed(reply)
        headers[.eTag] = reply.entityTag?.text(isCompressed: isCompressed)
        if isCompressed { headers[.contentEncoding] = "gzip" }
        if method == .head {
            var length = 0
            try await Self.forEachPiece(next, isCompressed: isCompressed) { length += $0.count }
            headers[.contentLength] = String(length)
            return Response(status: reply.status, headers: headers, body: ResponseBody())
        }
        let body = ResponseBody { writer in
            try await Self.forEachPiece(next, isCompressed: isCompressed) {
                try await writer.write(ByteBuffer(bytes: $0))
            }
            try await writer.finish(nil)
        }
        return Response(status: reply.status, headers: headers, body: body)
    }

    private static func forEachPiece(
        _ next: @Sendable () async throws -> [UInt8]?, isCompressed: Bool, _ body: ([UInt8]) async throws -> Void
    ) async throws {
        // Without memory for a compressor there is no honest answer under its header.
        let gzip = isCompressed ? Gzip() : nil
        if isCompressed, gzip == nil { throw CancellationError() }
        while let piece = try await next() {
            let output = gzip?.append(piece, isLast: false) ?? piece
            if !output.isEmpty { try await body(output) }
        }
        if let gzip { try await body(gzip.append([], isLast: true)) }
    }

    private static func isCompressible(_ mediaType: String) -> Bool {
        !mediaType.hasPrefix("image/")
    }

    /// Whether a client takes gzip: named, or by `*`, and not refused with `q=0`. On bytes, since every request asks.
    static func accepts(gzip header: String?) -> Bool {
        guard let header else { return false }
        var byStar = false
        for item in header.utf8.split(separator: UInt8(ascii: ",")) {
            let name = item.prefix { $0 != UInt8(ascii: ";") }
            if isWord(name, "gzip") { return !isRefused(item) }
            if isWord(name, "*") { byStar = !isRefused(item) }
        }
        return byStar
    }

    /// Whether that and spaces around it are all there is, whatever the case.
    private static func isWord(_ text: Substring.UTF8View, _ word: StaticString) -> Bool {
        let start = text.drop { $0 == UInt8(ascii: " ") }
        return word.withUTF8Buffer { word in
            start.count >= word.count && zip(start, word).allSatisfy { $0 | 0x20 == $1 | 0x20 }
                && start.dropFirst(word.count).allSatisfy { $0 == UInt8(ascii: " ") }
        }
    }

    private static func isRefused(_ item: Substring.UTF8View) -> Bool {
        item.split(separator: UInt8(ascii: ";")).dropFirst().contains { part in
            ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains(String(Substring(part)).lowercased().filter { $0 != " " })
        }
    }
}

extension Response {
    /// With these headers and no others, not even the length that the server library adds: 204 and 304 have no body to
    /// count.
    fileprivate func withHeaders(_ headers: HTTPFields) -> Response {
        var response = self
        response.headers = headers
        return response
    }
}
