import HTTPTypes
import NIOCore

/// The beginning of an answer that needs no framing, up to its body (RFC 9112, sections 4 and 5).
struct AnswerHead {
    private let startLine: StaticString
    private let fields: HTTPFields
    private let length: Int

    /// Nil for what is framed otherwise: an answer other than 304 without its length, a 304 with one, any that names an
    /// encoding of its transfer; and for every other status, which is rare.
    init?(_ head: HTTPResponse) {
        fields = head.headerFields
        var (length, hasLength) = (0, false)
        for field in fields {
            let name = field.name.rawName.utf8.count
            // Names of other lengths need not be looked at.
            if name == 14, field.name == .contentLength { hasLength = true }
            if name == 17, field.name == .transferEncoding { return nil }
            length += name + field.withUnsafeBytesOfValue { $0.count } + 4
        }
        switch head.status.code {
        case 200 where hasLength: startLine = "HTTP/1.1 200 OK\r\n"
        case 304 where !hasLength: startLine = "HTTP/1.1 304 Not Modified\r\n"
        default: return nil
        }
        self.length = startLine.utf8CodeUnitCount + length + 2
    }

    func written(_ allocator: ByteBufferAllocator) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: length)
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: length) { bytes in
            var rest = bytes[...]
            func append(_ text: UnsafeBufferPointer<UInt8>) {
                UnsafeMutableRawBufferPointer(rebasing: rest).copyMemory(from: UnsafeRawBufferPointer(text))
                rest = rest.dropFirst(text.count)
            }
            startLine.withUTF8Buffer(append)
            for field in fields {
                var name = field.name.rawName
                name.withUTF8(append)
                Self.separator.withUTF8Buffer(append)
                field.withUnsafeBytesOfValue(append)
                Self.lineEnd.withUTF8Buffer(append)
            }
            Self.lineEnd.withUTF8Buffer(append)
            return bytes.count - rest.count
        }
        return buffer
    }

    private static let separator: StaticString = ": "
    private static let lineEnd: StaticString = "\r\n"
}
