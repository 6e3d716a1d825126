import Contributions
import Curation
import MapFormats
import Testing

@Suite("Listing cells")
struct CellListingTests {
    private func answers(_ text: String, _ precision: Precision = .about, features: Bool = false) throws -> String {
        let listing = try #require(CellListing(precision: precision, writesFeatures: features))
        var written: [UInt8] = []
        try listing.answer(ByteSource(Array(text.utf8), chunkSize: 5)) { written += $0 }
        return String(decoding: written, as: UTF8.self)
    }

    @Test("each line is answered in its turn, however it is parted and ended")
    func names() throws {
        let names = "CRS3035RES200mN2890400E3762800\nCRS6933RES200mN2015400E-5885800\n"
        for text in [
            "2.3795 48.868\n-61 16\n", "2.3795\t48.868\r\n-61,16\r\n", " 2.3795 , 48.868\n-6.1e1 1.6E1",
            "+2.3795 48.868\n-61 16",
        ] {
            #expect(try answers(text) == names)
        }
        #expect(try answers("2.3795 48.868", .wide) == "CRS3035RES1000mN2890000E3762000\n")
        #expect(try answers("") == "")
    }

    @Test("with a household table the natural cell is told")
    func households() throws {
        let row = "cell,households\nCRS3035RES200mN2890400E3762800,11"
        let table = try HouseholdTable(csv: ByteSource(Array(row.utf8)))
        let listing = try #require(CellListing(precision: .about, households: table))
        var written: [UInt8] = []
        try listing.answer(ByteSource(Array("2.3795 48.868\n2.39 48.868\n3 50".utf8))) { written += $0 }
        #expect(
            String(decoding: written, as: UTF8.self)
                == "CRS3035RES200mN2890400E3762800\nCRS3035RES2000mN2890000E3762000\nCRS3035RES32000mN3008000E3808000\n"
        )
    }

    @Test("a feature bears the outline of the cell")
    func features() throws {
        #expect(
            try answers("-61 16", features: true)
                == #"{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[-61.0014189,15.9997541],"#
                + #"[-60.9993461,15.9997541],[-60.9993461,16.0013833],[-61.0014189,16.0013833],[-61.0014189,15.9997541]]]},"#
                + #""properties":{"precision":"about","precision_m":200,"cell":"CRS6933RES200mN2015400E-5885800"}}"#
                + "\n")
    }

    @Test(
        "a line that holds no position is refused with its number, and those before it are answered",
        arguments: [
            "", "2.3795", "2.3795 48.868 1", "a b", "nan 1", "0x1 2", "2,3795 48,868", "181 0", "2 91", "inf 0", "1 2é",
        ])
    func refusals(line: String) throws {
        let listing = try #require(CellListing(precision: .about))
        var written: [UInt8] = []
        let error = #expect(throws: ImportError.self) {
            try listing.answer(ByteSource(Array("-61 16\n\(line)\n0 0\n".utf8))) { written += $0 }
        }
        #expect(error?.description.hasPrefix("line 2: ") == true)
        #expect(String(decoding: written, as: UTF8.self) == "CRS6933RES200mN2015400E-5885800\n")
    }

    @Test("at exact and none no cell shows")
    func precisions() {
        #expect(CellListing(precision: .exact) == nil && CellListing(precision: .none) == nil)
    }
}
