import CZlib

/// Gzip for many small pieces one after the other: the window and its tables are made once.
///
/// To be used by one task at a time.
final class TileCompressor {
    private static let level: Int32 = 6
    /// At one address for life: zlib refuses a stream that has moved.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Nil when zlib has no memory left.
    init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard lieudit_deflate_init_gzip(stream, Self.level) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Nil when zlib cannot.
    func compress(_ bytes: [UInt8]) -> [UInt8]? {
        guard deflateReset(stream) == Z_OK else { return nil }
        var input = bytes
        let most = Int(deflateBound(stream, UInt(bytes.count)))
        var isWhole = false
        let output = input.withUnsafeMutableBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(buffer.count)
                isWhole = deflate(stream, Z_FINISH) == Z_STREAM_END
                count = buffer.count - Int(stream.pointee.avail_out)
            }
        }
        return isWhole ? output : nil
    }
}
