import CQREncode
import Synchronization

/// A text as a QR code (ISO/IEC 18004), made to be read from a wall: a quarter of it may be torn or painted over.
struct QRCode {
    /// How many modules a side has, without the quiet zone.
    let side: Int
    private let dark: [Bool]

    /// Light modules around the code, on each side (ISO/IEC 18004, section 9.1).
    static let quietZone = 4

    /// The library keeps tables between two calls.
    private static let library = Mutex(())

    /// Nil for a text that is longer than any code can hold at error correction level Q.
    init?(_ text: String) {
        let code = Self.library.withLock { _ in QRcode_encodeString(text, 0, QR_ECLEVEL_Q, QR_MODE_8, 1) }
        guard let code else { return nil }
        defer { QRcode_free(code) }
        let side = Int(code.pointee.width)
        guard let data = code.pointee.data else { return nil }
        self.side = side
        // The lowest bit is the module; the others tell what it is for.
        dark = (0..<side * side).map { data[$0] & 1 == 1 }
    }

    /// Whether a module is dark, from the top left.
    func isDark(row: Int, column: Int) -> Bool { dark[row * side + column] }

    /// The modules of a row with the quiet zone at both ends, true where dark; rows of the quiet zone have none.
    func row(_ row: Int) -> [Bool] {
        let margin = Self.quietZone
        guard (margin..<side + margin).contains(row) else { return Array(repeating: false, count: side + 2 * margin) }
        let quiet = Array(repeating: false, count: margin)
        return quiet + (0..<side).map { isDark(row: row - margin, column: $0) } + quiet
    }

    /// With the quiet zone.
    var wholeSide: Int { side + 2 * Self.quietZone }
}
