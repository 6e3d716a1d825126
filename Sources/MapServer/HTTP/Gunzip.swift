import CZlib

/// What gzip (RFC 1952) has made small, made large again for clients that do not take it.
enum Gunzip {
    /// Of bytes from a file that is not ours: some hundred bytes can pretend to be gigabytes.
    static let longest = 32 << 20

    static func isCompressed(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    /// Nil for what is damaged, or longer than `longest`.
    static func decompress(_ bytes: [UInt8], longest: Int = longest) -> [UInt8]? {
        var stream = z_stream()
        // zlib keeps the address of its stream: one that a closure holds on to does not move.
        return withUnsafeMutablePointer(to: &stream) { stream in
            guard lieudit_inflate_init_gzip(stream) == Z_OK else { return nil }
            defer { inflateEnd(stream) }
            var input = bytes
            return input.withUnsafeMutableBufferPointer { input in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = UInt32(input.count)
                return output(of: stream, longest: longest)
            }
        }
    }

    private static func output(of stream: UnsafeMutablePointer<z_stream>, longest: Int) -> [UInt8]? {
        var output: [UInt8] = []
        var status = Z_OK
        while status == Z_OK {
            guard output.count < longest else { return nil }
            output += [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(buffer.count)
                status = inflate(stream, Z_NO_FLUSH)
                count = buffer.count - Int(stream.pointee.avail_out)
            }
        }
        return status == Z_STREAM_END ? output : nil
    }
}
