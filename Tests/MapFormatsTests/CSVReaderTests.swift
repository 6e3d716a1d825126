import MapGeometry
import Testing

@testable import MapFormats

@Suite("Reading tables")
struct CSVReaderTests {
    private func rows(_ text: String, chunkSize: Int = 65_536) throws -> [[String]] {
        var reader = try CSVReader(ByteSource(Array(text.utf8), chunkSize: chunkSize))
        var rows = [reader.header]
        while let record = try reader.next() { rows.append(try record.content.get()) }
        return rows
    }

    @Test(
        "rows are read as RFC 4180 says",
        arguments: [
            ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
            ("a,b\r1,2\r3,4\r", [["a", "b"], ["1", "2"], ["3", "4"]]),
            ("\u{FEFF}\"a\";b\r\n\"x\r\ny;\"\"z\"\"\";\"\"\r\n", [["a", "b"], ["x\r\ny;\"z\"", ""]]),
            ("a\tb\n1,5\t \n", [["a", "b"], ["1,5", " "]]), ("a,b\n\n,\n\r\n1\n", [["a", "b"], ["1"]]),
            ("a,b\n1,\n", [["a", "b"], ["1", ""]]), ("a,b\n1,", [["a", "b"], ["1", ""]]),
            ("a\nun \"mot\" ici\n", [["a"], ["un \"mot\" ici"]]),
            ("\n\na,,a,\n1,2,3,4", [["a", "field_2", "a_2", "field_4"], ["1", "2", "3", "4"]]),
            ("\"x;y;z\",b\né,🌳", [["x;y;z", "b"], ["é", "🌳"]]),
        ] as [(String, [[String]])])
    func rowsAreRead(text: String, expected: [[String]]) throws {
        for size in 1...text.utf8.count { #expect(try rows(text, chunkSize: size) == expected, "pieces of \(size)") }
    }

    @Test("records tell their line and ordinal, quoted line breaks counted")
    func lines() throws {
        let reading = Reading("lon,lat,t\r\n1,2,\"a\r\nb\"\r\n\r\n3,4,c\r\n", as: .csv)
        #expect(reading.lines == [2, 5])
        #expect(reading.entries.map(\.ordinal) == [1, 2])
    }

    @Test("bad rows stand between good ones")
    func badRows() {
        let reading = Reading("lon,lat\n1,2,3\n\"1\"x,2\n1,2\n", as: .csv)
        #expect(reading.errors == [.table(.tooManyFields(found: 3, expected: 2)), .table(.textBehindQuote)])
        #expect(reading.features.count == 1)
        #expect(reading.failure == nil)
    }

    @Test("a quote that is never closed ends the reading and names its record")
    func unclosedQuote() {
        let reading = Reading("lon,lat\n1,2\n3,\"4\n5,6\n", as: .csv)
        #expect(reading.features.count == 1)
        #expect(reading.failure == .table(.unclosedQuote(line: 3)))
    }

    @Test("a file without header is empty")
    func empty() {
        for text in ["", "\n\r\n", "\u{FEFF}"] { #expect(Reading(text, as: .csv).failure == .file(.empty)) }
    }

    @Test("a row that is too large is passed over")
    func largeRows() throws {
        let text = "lon,lat\n\(String(repeating: "1", count: 500)),2\n3,4\n"
        var reader = try CSVReader(ByteSource(Array(text.utf8), chunkSize: 64), largestRecord: 100)
        #expect(throws: FormatError.file(.recordTooLarge(limit: 100))) { try reader.next()?.content.get() }
        #expect(try reader.next()?.content.get() == ["3", "4"])
    }

    @Test(
        "columns for place and title are recognised whatever their case",
        arguments: [
            ("lon,lat,name", "name"), ("LNG,Latitude,Nom", "Nom"), ("X,Y,Titre", "Titre"),
            (" long , LAT ,title", "title"),
        ])
    func recognition(header: String, title: String) throws {
        let names = header.split(separator: ",").map(String.init)
        let feature = try CSVColumns(header: names).feature(from: ["2.35", " 48.85", "Le quai"])
        #expect(feature.geometry == .point(try Coordinate(longitude: 2.35, latitude: 48.85)))
        #expect(feature.properties == ["title": "Le quai"])
    }

    @Test("names given by hand win, and the other columns become text")
    func namesByHand() throws {
        let header = ["x", "y", "east", "north", "name", "label", "title"]
        let columns = try CSVColumns(
            header: header, names: CSVColumns.Names(longitude: "east", latitude: "NORTH", title: "label"))
        let feature = try columns.feature(from: ["600", "700", "2", "48", "n", "l"])
        #expect(feature.geometry == .point(try Coordinate(longitude: 2, latitude: 48)))
        #expect(feature.properties == ["x": "600", "y": "700", "name": "n", "title": "l"])
        #expect(throws: FormatError.table(.noColumn(name: "est"))) {
            try CSVColumns(header: header, names: CSVColumns.Names(longitude: "est"))
        }
        #expect(throws: FormatError.table(.noCoordinateColumns)) { try CSVColumns(header: ["lon", "nom"]) }
    }

    @Test("a row without coordinates is nowhere; empty fields are left out")
    func nowhere() throws {
        let columns = try CSVColumns(header: ["lon", "lat", "nom", "note"])
        #expect(
            try columns.feature(from: ["", " ", "Ici", ""])
                == GeoJSONFeature(geometry: nil, properties: ["title": "Ici"]))
    }

    @Test(
        "a bad coordinate is refused with its column",
        arguments: [
            ("", "48", TableProblem.fieldMissing(column: "lng")), ("2", " ", .fieldMissing(column: "Lat")),
            ("2,35", "48", .decimalComma(column: "lng")), ("2", "48,85", .decimalComma(column: "Lat")),
            ("NaN", "48", .notACoordinate(column: "lng")), ("2", "inf", .notACoordinate(column: "Lat")),
            ("0x10", "48", .notACoordinate(column: "lng")), ("1e999", "48", .notACoordinate(column: "lng")),
            ("2°", "48", .notACoordinate(column: "lng")), ("1-2", "48", .notACoordinate(column: "lng")),
            (
                "48", "102",
                .position(longitudeColumn: "lng", latitudeColumn: "Lat", .swappedAxes(first: 48, second: 102))
            ),
        ])
    func badCoordinates(longitude: String, latitude: String, problem: TableProblem) throws {
        let columns = try CSVColumns(header: ["lng", "Lat"])
        #expect(throws: FormatError.table(problem)) { try columns.feature(from: [longitude, latitude]) }
        #expect(problem.description.contains("lng") || problem.description.contains("Lat"))
    }

    @Test("the sentence about a decimal comma says to use a point")
    func decimalCommaSentence() {
        #expect(TableProblem.decimalComma(column: "lat").description.contains("use a point"))
    }
}
