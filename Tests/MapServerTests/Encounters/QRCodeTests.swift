import Testing

@testable import MapServer

@Suite struct QRCodeTests {
    private static let link = "https://lieu.example/e/7K3M-0QXA-T9ZD"

    @Test func aCodeHasItsThreeFindersAndFourQuietModulesAround() throws {
        let code = try #require(QRCode(Self.link))
        #expect(code.side == 33 && code.wholeSide == 41, "version 4 holds 46 bytes at level Q")
        let finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
        for (row, column) in [(0, 0), (0, 26), (26, 0)] {
            for line in 0..<7 {
                let found = (0..<7).map { code.isDark(row: row + line, column: column + $0) ? "1" : "0" }.joined()
                #expect(found == finder[line])
            }
        }
        for line in [0, 1, 2, 3, 37, 38, 39, 40] { #expect(!code.row(line).contains(true)) }
        for line in 0..<41 { #expect(code.row(line).count == 41 && !code.row(line).prefix(4).contains(true)) }
    }

    @Test func theCorrectionIsOfLevelQ() throws {
        let code = try #require(QRCode(Self.link))
        // ISO/IEC 18004, section 8.9: the first two bits of the format, masked with 10, are 11 for Q.
        #expect(code.isDark(row: 8, column: 0) == false && code.isDark(row: 8, column: 1) == true)
    }

    @Test func theDrawingIsTheModules() throws {
        let code = try #require(QRCode(Self.link))
        var drawn = Array(repeating: Array(repeating: false, count: 41), count: 41)
        let run = /M(\d+) (\d+)h(\d+)v1h-(\d+)z/
        for match in code.path.matches(of: run) {
            let (column, row) = (try #require(Int(match.1)), try #require(Int(match.2)))
            let length = try #require(Int(match.3))
            for place in 0..<length { drawn[row][column + place] = true }
        }
        for row in 0..<41 { #expect(drawn[row] == code.row(row)) }
        #expect(code.svg.hasPrefix("<svg xmlns=") && code.svg.contains("viewBox=\"0 0 41 41\""))
    }

    @Test func thePictureIsAPNGOfOneBit() throws {
        let code = try #require(QRCode(Self.link))
        let bytes = try #require(code.png)
        #expect(bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        #expect(String(decoding: bytes[12..<16], as: UTF8.self) == "IHDR")
        #expect(Array(bytes[16..<29]) == [0, 0, 2, 0x90, 0, 0, 2, 0x90, 1, 0, 0, 0, 0], "41 modules of 16 pixels")
        #expect(bytes.suffix(12) == [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
    }

    @Test func whatNoCodeCanHoldIsNone() {
        #expect(QRCode(String(repeating: "x", count: 1_663)) != nil)
        #expect(QRCode(String(repeating: "x", count: 1_664)) == nil)
    }
}
