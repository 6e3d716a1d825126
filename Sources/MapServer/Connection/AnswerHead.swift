import HTTPTypes
import NIOCore

/// The beginning of an answer that needs no framing, up to its body (RFC 9112, sections 4 and 5).
enum AnswerHead {
    /// Nil for what is framed otherwise: an answer other than 304 without its length, a 304 with one, any that names an
    /// encoding of its transfer; and for every other status, which is rare.
    static func written(_ head: HTTPResponse, _ allocator: ByteBufferAllocator) -> ByteBuffer? {
        let (startLine, needsLength): (StaticString, Bool)
        switch head.status.code {
        case 200: (startLine, needsLength) = ("HTTP/1.1 200 OK\r\n", true)
        case 304: (startLine, needsLength) = ("HTTP/1.1 304 Not Modified\r\n", false)
        default: return nil
        }
        // Fields are gone through once: to count their bytes first would cost as much as to write them.
        var room = usualRoom
        while true {
            var buffer = allocator.buffer(capacity: room)
            var (hasLength, isWhole) = (Bool?.none, true)
            buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { bytes in
                guard let start = bytes.baseAddress else { return 0 }
                var lines = HeadLines(start, room: bytes.count)
                startLine.withUTF8Buffer { lines.append($0) }
                hasLength = lines.append(head.headerFields)
                lines.endLine()
                isWhole = lines.isWhole
                return isWhole ? lines.count : 0
            }
            if isWhole || hasLength == nil { return hasLength == needsLength ? buffer : nil }
            room *= 2
        }
    }

    /// In bytes; most heads need less.
    private static let usualRoom = 2_048
}

/// Lines of a head, as they are written into memory.
private struct HeadLines {
    private let start: UnsafeMutableRawPointer
    private let room: Int
    private(set) var count = 0
    /// Whether there was room for all.
    private(set) var isWhole = true

    init(_ start: UnsafeMutableRawPointer, room: Int) {
        self.start = start
        self.room = room
    }

    /// - Returns: whether one of the fields is the length of the body; nil when one names an encoding of its transfer.
    @inline(__always)
    mutating func append(_ fields: HTTPFields) -> Bool? {
        var hasLength = false
        for field in fields {
            var name = field.name.rawName
            // Names of other lengths need not be looked at.
            switch name.utf8.count {
            case 14 where field.name == .contentLength: hasLength = true
            case 17 where field.name == .transferEncoding: return nil
            default: break
            }
            name.withUTF8 { append($0) }
            append(UInt8(ascii: ":"), UInt8(ascii: " "))
            field.withUnsafeBytesOfValue { append($0) }
            endLine()
        }
        return hasLength
    }

    @inline(__always)
    mutating func endLine() { append(UInt8(ascii: "\r"), UInt8(ascii: "\n")) }

    @inline(__always)
    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        guard isWhole, text.count <= room - count, let source = text.baseAddress else {
            isWhole = isWhole && text.isEmpty
            return
        }
        (start + count).copyMemory(from: source, byteCount: text.count)
        count += text.count
    }

    @inline(__always)
    private mutating func append(_ one: UInt8, _ other: UInt8) {
        isWhole = isWhole && room - count >= 2
        guard isWhole else { return }
        start.storeBytes(of: one, toByteOffset: count, as: UInt8.self)
        start.storeBytes(of: other, toByteOffset: count + 1, as: UInt8.self)
        count += 2
    }
}
