import CZlib

extension QRCode {
    /// Pixels of a module: an A6 sheet at 300 dots an inch needs no more.
    static let pixelsOfModule = 16

    /// A picture of one bit a pixel (PNG, ISO/IEC 15948); nil when zlib has no memory left.
    var png: [UInt8]? {
        guard let pixels = Self.deflated(scanlines) else { return nil }
        let size = UInt32(wholeSide * Self.pixelsOfModule)
        // One bit deep, grey, deflated, unfiltered, not interlaced.
        let header = Self.bytes(size) + Self.bytes(size) + [1, 0, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + Self.chunk("IHDR", header) + Self.chunk("IDAT", pixels) + Self.chunk("IEND", [])
    }

    /// Each line begins with the number of its filter, which is none.
    private var scanlines: [UInt8] {
        var lines: [UInt8] = []
        for line in 0..<wholeSide {
            let pixels = row(line).flatMap { Array(repeating: !$0, count: Self.pixelsOfModule) }
            lines += Array(repeating: [0] + Self.packed(pixels), count: Self.pixelsOfModule).joined()
        }
        return lines
    }

    /// Eight pixels a byte, the leftmost in the highest bit; the last byte is filled up with light.
    private static func packed(_ pixels: [Bool]) -> [UInt8] {
        stride(from: 0, to: pixels.count, by: 8).map { start in
            (0..<8).reduce(0) { byte, place in
                let isLight = start + place < pixels.count ? pixels[start + place] : true
                return byte << 1 | (isLight ? 1 : 0)
            }
        }
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + data
        return bytes(UInt32(data.count)) + named + bytes(UInt32(crc32(0, named, UInt32(named.count))))
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(number >> UInt32($0) & 0xFF) }
    }

    private static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
        var length = compressBound(uLong(bytes.count))
        var output = [UInt8](repeating: 0, count: Int(length))
        guard compress2(&output, &length, bytes, uLong(bytes.count), Z_BEST_COMPRESSION) == Z_OK else { return nil }
        return Array(output.prefix(Int(length)))
    }
}
