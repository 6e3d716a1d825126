import TestSupport
import Testing

@testable import MapFormats

@Suite("Reading JSON")
struct JSONParserTests {
    @Test(
        "every kind of value is read",
        arguments: [
            ("null", JSONValue.null), (" true ", true), ("false", false), ("0", 0), ("-0", 0), ("-12", -12),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1.0", .number(1)),
            ("0.1", 0.1), ("2.3522219", 2.3522219), ("-48.85661400000001", -48.85661400000001), ("1e3", 1000.0),
            ("1E-2", 0.01), ("5e-324", .number(.leastNonzeroMagnitude)), ("1e-999", .number(0)),
            ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)), ("0e99999999999999999999", .number(0)),
            ("123456789012345678901234567890", .number(1.2345678901234568e29)),
            (#""""#, ""), (#""é\u00e9\n\/\"\\""#, "éé\n/\"\\"), (#""\ud83c\udf33🌳""#, "🌳🌳"),
            (#""a\u0000b""#, "a\u{0}b"),
            ("[]", []), ("[ 1 , [2] ]", [1, [2]]), ("{}", [:]),
            (#"{ "a" : {"b":[]} , "":1}"#, ["a": ["b": []], "": 1]),
        ] as [(String, JSONValue)])
    func valuesAreRead(text: String, expected: JSONValue) throws {
        #expect(try JSONParser.parse(text.utf8) == expected)
    }

    @Test(
        "bad JSON is refused with the reason, the byte and the line",
        arguments: [
            ("", JSONError.Problem.unexpectedEnd, 0, 1),
            ("\n\n [1,", .unexpectedEnd, 6, 3),
            (#"{"a""#, .unexpectedEnd, 4, 1), (#"{"a":1"#, .unexpectedEnd, 6, 1), (#""abc"#, .unexpectedEnd, 4, 1),
            (#""\u12"#, .unexpectedEnd, 5, 1), (#""\"#, .unexpectedEnd, 2, 1), ("tru", .unexpectedEnd, 3, 1),
            ("-", .unexpectedEnd, 1, 1), ("1.", .unexpectedEnd, 2, 1), ("1e", .unexpectedEnd, 2, 1),
            ("NaN", .notANumber, 0, 1), ("[nan]", .notANumber, 1, 1), ("[\n-Infinity]", .notANumber, 2, 2),
            ("Infinity", .notANumber, 0, 1), ("inf", .notANumber, 0, 1),
            ("1e999", .numberTooLarge, 0, 1), ("[-1e400]", .numberTooLarge, 1, 1),
            ("01", .malformedNumber, 0, 1), ("[-]", .malformedNumber, 1, 1), ("[1.]", .malformedNumber, 1, 1),
            ("[1e+]", .malformedNumber, 1, 1), ("[.5]", .unexpectedByte(UInt8(ascii: "."), expected: "a value"), 1, 1),
            ("[1,]", .unexpectedByte(UInt8(ascii: "]"), expected: "a value"), 3, 1),
            ("[1 2]", .unexpectedByte(UInt8(ascii: "2"), expected: "a comma or a closing bracket"), 3, 1),
            (#"{"a":1,}"#, .unexpectedByte(UInt8(ascii: "}"), expected: "a member's name in quotes"), 7, 1),
            (#"{a:1}"#, .unexpectedByte(UInt8(ascii: "a"), expected: "a member's name in quotes"), 1, 1),
            (#"{"a" 1}"#, .unexpectedByte(UInt8(ascii: "1"), expected: "a colon"), 5, 1),
            (#"{"a":1]"#, .unexpectedByte(UInt8(ascii: "]"), expected: "a comma or a closing brace"), 6, 1),
            ("truth", .unexpectedByte(UInt8(ascii: "t"), expected: "a value"), 0, 1),
            ("{} {}", .trailingContent, 3, 1), ("1 // one", .trailingContent, 2, 1),
            ("\"a\tb\"", .controlCharacter(9), 2, 1), (#""\x""#, .unknownEscape, 1, 1),
            (#""\u12g4""#, .unknownEscape, 1, 1),
            (#""\ud83c""#, .loneSurrogate, 1, 1), (#""\ud83c\u0041""#, .loneSurrogate, 1, 1),
            (#""\udf33\ud83c""#, .loneSurrogate, 1, 1), ("\u{FEFF}{}", .byteOrderMark, 0, 1),
        ] as [(String, JSONError.Problem, Int, Int)])
    func badTextsAreRefused(text: String, problem: JSONError.Problem, offset: Int, line: Int) {
        #expect(throws: JSONError(problem, offset: offset, line: line)) { try JSONParser.parse(text.utf8) }
    }

    @Test(
        "bytes that are not UTF-8 are refused where they stand",
        arguments: [
            ([0xE9], 1), ([0x61, 0xC3], 2), ([0xC0, 0x80], 1), ([0xED, 0xA0, 0x80], 1), ([0xF5, 0x80, 0x80, 0x80], 1),
            ([0xE2, 0x82], 1), ([0x5C, 0x6E, 0xE9], 3), ([0x80], 1), ([0xF0, 0x80, 0x80, 0x80], 1),
        ] as [([UInt8], Int)])
    func invalidUTF8IsRefused(content: [UInt8], offset: Int) {
        #expect(throws: JSONError(.invalidUTF8, offset: offset, line: 1)) {
            try JSONParser.parse([ASCII.quote] + content + [ASCII.quote])
        }
    }

    @Test("nesting is limited, so that ten thousand brackets are an error and no crash")
    func nestingIsLimited() throws {
        let deep = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
        #expect(throws: JSONError(.tooDeep(limit: 64), offset: 64, line: 1)) { try JSONParser.parse(deep.utf8) }
        #expect(throws: JSONError(.tooDeep(limit: 512), offset: 512, line: 1)) {
            try JSONParser.parse(deep.utf8, maximumDepth: 100_000)
        }
        let allowed = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        _ = try JSONParser.parse(allowed.utf8)
    }

    @Test("of a name that comes again the last value wins, in small objects and in large ones")
    func lastDuplicateWins() throws {
        let small = try JSONParser.parse(#"{"a":1,"b":2,"a":3}"#.utf8)
        #expect(JSONWriter.text(of: small) == #"{"a":3,"b":2}"#)
        let names = (0..<100).map { #""k\#($0)":\#($0)"# } + [#""k7":"again""#]
        let large = try JSONParser.parse("{\(names.joined(separator: ","))}".utf8)
        #expect(large["k7"] == "again")
        #expect(large["k99"] == 99)
    }

    @Test("an object of a hundred thousand names is read in no more than linear time")
    func largeObjectsAreCheap() throws {
        let names = (0..<100_000).map { #""\#($0)":0"# }
        let object = try JSONParser.parse("{\(names.joined(separator: ","))}".utf8)
        #expect(object["99999"] == 0)
    }

    @Test("a sentence names the line and what is wrong")
    func sentences() {
        let error = JSONError(.unexpectedByte(UInt8(ascii: "}"), expected: "a value"), offset: 7, line: 2)
        #expect(error.description == "line 2, byte 7: “}” stands where a value should be")
        #expect(error.inFile(offset: 100, line: 10) == JSONError(error.problem, offset: 107, line: 11))
        #expect(JSONError(.notANumber, offset: 0, line: 1).description.contains("no NaN"))
    }

    @Test("numbers are read as the standard library reads them")
    func numbersAgreeWithTheStandardLibrary() throws {
        let seed: UInt64 = 11
        var random = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            let whole = UInt64.random(in: 0..<(1 << UInt64.random(in: 1...60)), using: &random)
            let fraction = UInt64.random(in: 0..<(1 << UInt64.random(in: 1...60)), using: &random)
            let text = "-\(whole).\(fraction)e\(Int.random(in: -30...30, using: &random))"
            #expect(try JSONParser.parse(text.utf8).double == Double(text), "seed \(seed): \(text)")
        }
    }
}
