import MapGeometry
import Testing

@testable import MapFormats

@Suite("Reading GeoJSON files piece by piece")
struct GeoJSONStreamTests {
    private static func feature(_ number: Int) -> String {
        #"{"type":"Feature","id":"\#(number)","geometry":{"type":"Point","coordinates":[\#(number),2]},"#
            + #""properties":{"n":"é[{\"]}🌳\\"}}"#
    }

    static let collections: [String] = [
        #"{"type":"FeatureCollection","features":[\#(feature(1)),\#(feature(2))]}"#,
        "\u{FEFF} {\r\n\"name\":\"a\\\"]}\",\r\n\"crs\":{\"x\":[1,{}]},\"features\" : [\r\n"
            + feature(1) + " ,\r\n" + feature(2) + "\r\n ] , \"type\" : \"FeatureCollection\", \"n\": -1.5e3 }\r\n",
        #"{"features":[],"type":"FeatureCollection"}"#,
        #"{"f\u0065atures":[null,5,"x",\#(feature(3)),{"type":"Feature"},[{}]]}"#,
        feature(4),
        #" {"geometry":null,"properties":{},"type":"Feature"} "#,
    ]

    static let sequences: [String] = [
        feature(1) + "\n" + feature(2) + "\n",
        "\u{FEFF}\r\n\r\n" + feature(1) + "\r\n \r\n" + feature(2),
        "\u{1E}" + feature(1) + "\n\u{1E}\u{1E}{\n\"type\":\"Feature\",\n\"geometry\":null}\n",
        feature(1) + "\n{\"type\":\n" + feature(2) + "\n[NaN]\n",
        "", "\n \n",
    ]

    @Test("how the bytes are cut changes nothing", arguments: collections)
    func collectionsWhateverTheChunks(text: String) {
        let whole = Reading(text, as: .geojson)
        for size in 1...text.utf8.count { #expect(Reading(text, as: .geojson, chunkSize: size) == whole) }
    }

    @Test("how the bytes are cut changes nothing in lines and sequences", arguments: sequences)
    func sequencesWhateverTheChunks(text: String) {
        let whole = Reading(text, as: .geojsonl)
        for size in 1...max(text.utf8.count, 1) { #expect(Reading(text, as: .geojsonl, chunkSize: size) == whole) }
    }

    @Test("the features are found wherever the other members stand")
    func collectionsAreRead() {
        for text in Self.collections[0...1] {
            let reading = Reading(text, as: .geojson)
            #expect(reading.failure == nil)
            #expect(reading.features.map(\.identifier) == ["1", "2"])
            #expect(reading.features.last?.properties["n"] == "é[{\"]}🌳\\")
            #expect(reading.entries.map(\.ordinal) == [1, 2])
        }
        #expect(Reading(Self.collections[1], as: .geojson).lines == [4, 5])
        #expect(Reading(Self.collections[2], as: .geojson) == Reading("", as: .geojsonl))
        #expect(Reading(Self.collections[4], as: .geojson).features.map(\.identifier) == ["4"])
        #expect(Reading(Self.collections[5], as: .geojson).features.count == 1)
    }

    @Test("bad records stand between good ones")
    func badRecordsAreSkippable() {
        let reading = Reading(Self.collections[3], as: .geojson)
        #expect(reading.failure == nil)
        #expect(reading.entries.map { $0.feature != nil } == [false, false, false, true, false, false])
        let broken = Reading("{\"features\":[\n{\"a\":NaN},\n{\"type\":\"Feature\",\"geometry\":null}]}", as: .geojson)
        #expect(broken.errors == [.json(JSONError(.notANumber, offset: 19, line: 2))])
        #expect(broken.lines == [2, 3])
        let lines = Reading(Self.sequences[3], as: .geojsonl)
        #expect(lines.entries.map { $0.feature != nil } == [true, false, true, false])
        #expect(
            lines.entries[1].error == .json(JSONError(.unexpectedEnd, offset: Self.feature(1).utf8.count + 9, line: 2)))
        #expect(lines.lines == [1, 2, 3, 4])
    }

    @Test("lines may end in CRLF, be blank, or be records of a sequence")
    func linesAreRead() {
        #expect(Reading(Self.sequences[0], as: .geojsonl).features.map(\.identifier) == ["1", "2"])
        let windows = Reading(Self.sequences[1], as: .geojsonl)
        #expect(windows.features.map(\.identifier) == ["1", "2"])
        #expect(windows.lines == [3, 5])
        let sequence = Reading(Self.sequences[2], as: .geojsonl)
        #expect(sequence.features.map(\.identifier) == ["1", nil])
        #expect(sequence.lines == [1, 2])
        #expect(Reading(Self.sequences[5], as: .geojsonl).entries.isEmpty)
    }

    @Test(
        "a file that cannot be read on says why",
        arguments: [
            ("", FormatError.file(.empty)), (" \n ", .file(.empty)),
            (
                "[]",
                .json(
                    JSONError(
                        .unexpectedByte(UInt8(ascii: "["), expected: "the brace that opens a FeatureCollection"),
                        offset: 0, line: 1))
            ),
            (#"{"type":"FeatureCollection"}"#, .file(.noFeatures)),
            (#"{"type":"Topology","objects":{}}"#, .file(.noFeatures)),
            ("{}", .file(.noFeatures)), ("{\"a\":1,\n\"features\":{}}", .file(.featuresNotAnArray(line: 2))),
            (#"{"features":[],"features":[]}"#, .file(.featuresTwice(line: 1))),
            (#"{"type":"Topology","features":[]}"#, .file(.notACollection)),
            (#"{"features":[],"type":"Topology"}"#, .file(.notACollection)),
            (#"{"type":"Point","coordinates":[1,2]}"#, .member(pointer: "", .geometryForFeature(type: "Point"))),
            ("{\"features\":[]}\nx", .file(.trailingContent(line: 2))),
            (#"{"features":[]}{}"#, .file(.trailingContent(line: 1))),
            (#"{"features":["#, .file(.truncated(line: 1))), ("\n{\"features\":[]", .file(.truncated(line: 2))),
            ("{\"features\":[\n{\"a\":[", .file(.truncated(line: 2))), (#"{"features"#, .file(.truncated(line: 1))),
            (#"{"a":"x"#, .file(.truncated(line: 1))), (#"{"a":12"#, .file(.truncated(line: 1))),
            (
                #"{"features":[,]}"#,
                .json(JSONError(.unexpectedByte(UInt8(ascii: ","), expected: "a value"), offset: 13, line: 1))
            ),
            (
                #"{"a":1 "b":2}"#,
                .json(
                    JSONError(
                        .unexpectedByte(UInt8(ascii: "\""), expected: "a comma or a closing brace"), offset: 7, line: 1)
                )
            ),
            (
                #"{a:1}"#,
                .json(
                    JSONError(
                        .unexpectedByte(UInt8(ascii: "a"), expected: "a member's name in quotes"), offset: 1, line: 1))
            ),
            (
                #"{"a",1}"#,
                .json(JSONError(.unexpectedByte(UInt8(ascii: ","), expected: "a colon"), offset: 4, line: 1))
            ),
            (#"{"\x":1}"#, .json(JSONError(.unknownEscape, offset: 2, line: 1))),
            (
                "{\"features\":[\n{\"a\":[}",
                .json(
                    JSONError(
                        .unexpectedByte(
                            UInt8(ascii: "}"), expected: "the other closing bracket (one before it is not closed)"),
                        offset: 20, line: 2))
            ),
        ] as [(String, FormatError)])
    func badFiles(text: String, expected: FormatError) {
        for size in [1, 3, 65_536] {
            let reading = Reading(text, as: .geojson, chunkSize: size)
            #expect(reading.failure == expected)
            #expect(reading.features.isEmpty)
        }
    }

    @Test("the records before a fault are delivered")
    func recordsBeforeAFault() {
        let text = #"{"features":[\#(Self.feature(1)),\#(Self.feature(2)) x"#
        let reading = Reading(text, as: .geojson)
        #expect(reading.features.count == 2)
        #expect(reading.failure != nil)
        let cut = Reading(Self.feature(1) + "\n" + Self.feature(2).dropLast(3), as: .geojsonl)
        #expect(cut.features.count == 1)
        #expect(cut.failure == .file(.truncated(line: 2)))
    }

    @Test("other encodings are refused with the line and the remedy", arguments: RecordFormat.allCases)
    func otherEncodings(format: RecordFormat) {
        let utf16 = Array("{\"a".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let cases: [([UInt8], FileProblem)] = [
            ([0xFF, 0xFE] + utf16, .otherEncoding(name: "UTF-16")), (utf16, .otherEncoding(name: "UTF-16LE")),
            ([0] + utf16, .otherEncoding(name: "UTF-16BE")), ([0xFF, 0xFE, 0, 0], .otherEncoding(name: "UTF-32")),
            ([0, 0, 0, 0x7B], .otherEncoding(name: "UTF-32BE")), ([0x7B, 0, 0, 0], .otherEncoding(name: "UTF-32LE")),
        ]
        for (bytes, problem) in cases {
            #expect(Reading(bytes, as: format, chunkSize: 1).failure == .file(problem))
        }
        let start = format == .csv ? "lon,lat,nom\n\n1,2,caf" : "{\"a\":1,\n\n\"b\":\"caf"
        let latin = Array(start.utf8) + [0xE9, 0x22]
        let failure = Reading(latin, as: format, chunkSize: 5).failure
        #expect(failure == .file(.notUTF8(line: 3)))
        #expect(failure?.description.contains("line 3 is not UTF-8") == true)
        #expect(failure?.description.contains("iconv -f ISO-8859-1 -t UTF-8") == true)
    }

    @Test("a character cut off by the end of the file is not UTF-8")
    func cutCharacter() {
        #expect(Reading(Array("\n{}".utf8) + [0xC3], as: .geojsonl).failure == .file(.notUTF8(line: 2)))
    }

    @Test("deep nesting ends a document and is one bad line of many")
    func deepNesting() {
        let deep = String(repeating: "[", count: 10_000)
        let error = Reading(#"{"features":[\#(deep)"#, as: .geojson, chunkSize: 7).failure
        #expect(error == .json(JSONError(.tooDeep(limit: 64), offset: 77, line: 1)))
        #expect(
            Reading(#"{"x":\#(deep)"#, as: .geojson).failure
                == .json(JSONError(.tooDeep(limit: 64), offset: 69, line: 1)))
        let lines = Reading(deep + "\n" + Self.feature(1), as: .geojsonl)
        #expect(lines.errors == [.json(JSONError(.tooDeep(limit: 64), offset: 64, line: 1))])
        #expect(lines.features.count == 1)
    }

    @Test("a record that is too large is passed over and the next one read")
    func largeRecords() throws {
        let long = #"{"type":"Feature","geometry":null,"x":"\#(String(repeating: "x", count: 2000))"}"#
        let source = ByteSource(Array("{\"features\":[\(long),\(Self.feature(1))]}".utf8), chunkSize: 100)
        var reader = GeoJSONCollectionReader(source, largestRecord: 1000)
        #expect(throws: FormatError.file(.recordTooLarge(limit: 1000))) { try reader.next()?.content.get() }
        #expect(try reader.next()?.content.get().identifier == "1")
        #expect(try reader.next() == nil)
        var lines = GeoJSONLineReader(ByteSource(Array("\(long)\n\(Self.feature(1))".utf8)), largestRecord: 1000)
        #expect(throws: FormatError.file(.recordTooLarge(limit: 1000))) { try lines.next()?.content.get() }
        #expect(try lines.next()?.content.get().identifier == "1")
        var lone = GeoJSONCollectionReader(ByteSource(Array(long.utf8)), largestRecord: 1000)
        #expect(throws: FormatError.file(.recordTooLarge(limit: 1000))) { try lone.next()?.content.get() }
    }

    @Test("whitespace without end takes no memory", arguments: [RecordFormat.geojson, .geojsonl])
    func spaces(format: RecordFormat) throws {
        // Forty times the largest record here; the same code passes over gigabytes.
        var pieces = 0
        let spaces = [UInt8](repeating: ASCII.space, count: 1000)
        let start = format == .geojson ? #"{"features":["# : ""
        let end = Self.feature(1) + (format == .geojson ? "]}" : "")
        let source = ByteSource {
            pieces += 1
            return switch pieces {
            case 1: Array(start.utf8)
            case 2..<42: spaces
            case 42: Array(end.utf8)
            default: nil
            }
        }
        if format == .geojson {
            var reader = GeoJSONCollectionReader(source, largestRecord: 1000)
            #expect(try reader.next()?.content.get().identifier == "1")
        } else {
            var reader = GeoJSONLineReader(source, largestRecord: 1000)
            #expect(try reader.next()?.content.get().identifier == "1")
            #expect(reader.bytesRead == 40_000 + end.utf8.count)
        }
    }
}
