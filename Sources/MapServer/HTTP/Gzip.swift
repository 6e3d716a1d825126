import CZlib

/// Compression of bodies with zlib, in the gzip format (RFC 1952).
final class Gzip {
    /// How hard zlib tries.
    enum Effort: Int32 {
        /// For what somebody waits for: up to a tenth longer, in half the time.
        case quickly = 3
        case thoroughly = 6
    }

    /// Below this a compressed body is hardly smaller.
    static let smallestBody = 860

    /// At one address for life: zlib refuses a stream that has moved.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Nil when zlib has no memory left.
    init?(_ effort: Effort = .thoroughly) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard lieudit_deflate_init_gzip(stream, effort.rawValue) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The whole of `bytes` compressed; nil when zlib has no memory left.
    static func compress(_ bytes: [UInt8], _ effort: Effort = .thoroughly) -> [UInt8]? {
        Gzip(effort)?.append(bytes, isLast: true)
    }

    /// The whole of `bytes` compressed, as if nothing had been before: for many pieces, one after the other, the window
    /// and its tables are made once. Nil when zlib cannot.
    func compressAnew(_ bytes: [UInt8]) -> [UInt8]? {
        guard deflateReset(stream) == Z_OK else { return nil }
        return append(bytes, isLast: true)
    }

    /// What comes out after some more has gone in; it may be nothing until the end.
    func append(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        var output: [UInt8] = []
        var input = bytes
        input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            var isFull = true
            while isFull {
                output += [UInt8](unsafeUninitializedCapacity: max(input.count / 3, 4_096)) { buffer, count in
                    stream.pointee.next_out = buffer.baseAddress
                    stream.pointee.avail_out = UInt32(buffer.count)
                    deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    count = buffer.count - Int(stream.pointee.avail_out)
                    isFull = stream.pointee.avail_out == 0
                }
            }
        }
        return output
    }
}
