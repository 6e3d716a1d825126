import HTTPTypes
import Hummingbird
import NIOCore

/// A file that is made, and what part of it a client has asked for.
struct FileBody: Sendable {
    let file: KeptFile
    /// The fields `Range` and `If-Range` of the request.
    let range: String?
    let condition: String?

    static let pieceSize = 1 << 16
}

extension FileBody {
    /// What of it goes out.
    enum Share: Equatable {
        case whole
        case part(Range<Int>)
        case nothing
    }

    /// One run of bytes is answered; a request for several, or one that cannot be read, is answered with all.
    ///
    /// Source: RFC 9110, sections 13.1.5 and 14.2.
    func share(_ tag: EntityTag?) -> Share {
        guard let range, isStillThat(tag), range.hasPrefix("bytes=") else { return .whole }
        let wanted = range.dropFirst("bytes=".count).filter { $0 != " " }
        let ends = wanted.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, !wanted.contains(","), ends.allSatisfy(Self.isNumber) else { return .whole }
        switch (Self.number(ends[0]), Self.number(ends[1])) {
        case (let first?, let last):
            guard first < file.size else { return .nothing }
            if let last, last < first { return .whole }
            return .part(first..<(min(last ?? .max - 1, file.size - 1) + 1))
        case (nil, let count?): return count == 0 ? .nothing : .part(max(0, file.size - count)..<file.size)
        case (nil, nil): return .whole
        }
    }

    private func isStillThat(_ tag: EntityTag?) -> Bool {
        guard let condition else { return true }
        // Only a strong validator says that the bytes are the same.
        return !condition.hasPrefix("W/") && tag.map { $0.text(isCompressed: false) == condition } ?? false
    }

    private static func isNumber(_ text: Substring) -> Bool { text.utf8.allSatisfy { 0x30...0x39 ~= $0 } }

    /// Nil for no number; one that no counter holds is beyond any file.
    private static func number(_ text: Substring) -> Int? { text.isEmpty ? nil : Int(text) ?? .max - 1 }

    func response(to method: HTTPRequest.Method, _ tag: EntityTag?, _ headers: HTTPFields) throws -> Response {
        var headers = headers
        headers[.eTag] = tag?.text(isCompressed: false)
        headers[.acceptRanges] = "bytes"
        // Range has a meaning for GET only.
        let share = method == .get ? share(tag) : .whole
        switch share {
        case .nothing: throw WebError.rangeNotSatisfiable(length: file.size)
        case .whole: return response(.ok, 0..<file.size, method, headers)
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"
            return response(.partialContent, range, method, headers)
        }
    }

    private func response(
        _ status: HTTPResponse.Status, _ range: Range<Int>, _ method: HTTPRequest.Method, _ headers: HTTPFields
    ) -> Response {
        var headers = headers
        headers[.contentLength] = String(range.count)
        if method == .head { return Response(status: status, headers: headers, body: ResponseBody()) }
        let file = file
        let body = ResponseBody(contentLength: range.count) { writer in
            for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.pieceSize) {
                let count = min(Self.pieceSize, range.upperBound - start)
                try await writer.write(ByteBuffer(bytes: try file.bytes(from: start, count: count)))
            }
            try await writer.finish(nil)
        }
        return Response(status: status, headers: headers, body: body)
    }
}
