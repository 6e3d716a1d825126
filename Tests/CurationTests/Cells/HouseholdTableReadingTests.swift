import Contributions
import Curation
import MapFormats
import MapGeometry
import Testing

@Suite("Reading a household table")
struct HouseholdTableReadingTests {
    private func table(_ text: String) throws -> HouseholdTable {
        try HouseholdTable(csv: ByteSource(Array(text.utf8), chunkSize: 7))
    }

    @Test(
        "columns are found by their names, among others and whatever their case",
        arguments: [
            "cell,households\nCRS3035RES200mN2890400E3762800,12.5\n",
            "idcar_200m;lcog_geo;ind;men\nCRS3035RES200mN2890400E3762800;75111;30;12.5\n",
            "\u{FEFF}Men\tIdINSPIRE\r\n12.5\tCRS3035RES200mN2890400E3762800\r\n",
        ])
    func columns(text: String) throws {
        let table = try table(text)
        #expect(table.count == 1)
        #expect(table.households(in: try GridCell(name: "CRS3035RES200mN2890400E3762800")) == 12.5)
        #expect(table.households(in: try GridCell(name: "CRS3035RES1000mN2890000E3762000")) == 12.5)
    }

    @Test(
        "a row that is not so is refused with its line",
        arguments: [
            "CRS3035RES200mN2890400E3762800,", "CRS3035RES200mN2890400E3762800", "CRS3035RES200mN2890400E3762800,-1",
            "CRS3035RES200mN2890400E3762800,nan", "CRS3035RES200mN2890400E3762800,1e3", "x,3",
            "CRS3035RES1000mN2890000E3762000,3", "CRS3035RES200mN2890400E3762800,3,4",
            "CRS3035RES200mN2890400E3762800,1000001", "CRS3035RES200mN2890400E3762801,3",
        ])
    func rows(row: String) throws {
        let error = #expect(throws: ImportError.self) {
            try table("cell,households\nCRS3035RES200mN2890600E3762800,3\n\(row)\n")
        }
        #expect(error?.description.hasPrefix("line 3: ") == true)
    }

    @Test(
        "a header without the columns, or with one of them twice, is refused",
        arguments: [
            ("cell,people", "the header has no column named households or men"),
            ("id,men", "the header has no column named cell or idcar_200m or idinspire"),
            ("cell,idcar_200m,men", "the header has more than one column named cell or idcar_200m or idinspire"),
        ])
    func headers(header: String, sentence: String) {
        #expect(throws: ImportError.file(reason: sentence)) { try table(header + "\n") }
    }

    @Test("a cell that stands twice is refused, since nobody knows which row is true")
    func repeated() {
        let row = "CRS3035RES200mN2890400E3762800,8\n"
        #expect(
            throws: ImportError.file(
                reason: "the cell CRS3035RES200mN2890400E3762800 stands twice in the household table")
        ) { try table("cell,households\n" + row + row) }
        #expect(throws: ImportError.self) { try table("") }
    }
}
