import CZlib

/// Compression of bodies with zlib, in the gzip format (RFC 1952).
struct Gzip: ~Copyable {
    /// Fast: a tile is compressed once and sent often, a page once and sent once.
    static let level: Int32 = 6
    /// Below this a compressed body is hardly smaller.
    static let smallestBody = 860

    private var stream = z_stream()

    /// Nil when zlib has no memory left.
    init?() {
        guard lieudit_deflate_init_gzip(&stream, Gzip.level) == Z_OK else { return nil }
    }

    deinit {
        var stream = stream
        deflateEnd(&stream)
    }

    /// The whole of `bytes` compressed; nil when zlib has no memory left.
    static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var gzip = Gzip()
        return gzip?.append(bytes, isLast: true)
    }

    /// What comes out after some more has gone in; it may be nothing until the end.
    mutating func append(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        var output: [UInt8] = []
        var input = bytes
        input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            var isFull = true
            while isFull {
                let piece = [UInt8](unsafeUninitializedCapacity: max(input.count / 3, 4_096)) { buffer, count in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = UInt32(buffer.count)
                    deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    count = buffer.count - Int(stream.avail_out)
                    isFull = stream.avail_out == 0
                }
                output += piece
            }
        }
        return output
    }
}
