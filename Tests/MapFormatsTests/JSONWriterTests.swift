import TestSupport
import Testing

@testable import MapFormats

@Suite("Writing JSON")
struct JSONWriterTests {
    @Test(
        "values are written without whitespace",
        arguments: [
            (JSONValue.null, "null"), (true, "true"), (false, "false"), (-7, "-7"),
            (.integer(.min), "-9223372036854775808"),
            (1.0, "1"), (0.1, "0.1"), (-0.0, "0"), (1e21, "1e+21"), (1e-7, "1e-07"), (.number(.nan), "null"),
            (.number(.infinity), "null"), ([], "[]"), ([1, [nil]], "[1,[null]]"), ([:], "{}"),
            (["b": 1, "a": "é"], #"{"b":1,"a":"é"}"#),
            ("\"\\/\n\r\t\u{8}\u{1F}\u{7F}🌳", #""\"\\/\n\r\t\u0008\u001f"# + "\u{7F}🌳\""),
        ] as [(JSONValue, String)])
    func valuesAreWritten(value: JSONValue, expected: String) {
        #expect(JSONWriter.text(of: value) == expected)
    }

    @Test("what is written reads back as the same value")
    func roundTrip() throws {
        let seed: UInt64 = 5
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let value = JSONWriterTests.value(depth: 0, &random)
            let text = JSONWriter.text(of: value)
            #expect(try JSONParser.parse(text.utf8) == value, "seed \(seed): \(text)")
        }
    }

    static func value(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: depth < 4 ? 0...7 : 0...5, using: &random) {
        case 0: return .null
        case 1: return .boolean(.random(using: &random))
        case 2: return .integer(.random(in: .min ... .max, using: &random))
        case 3, 4:
            let number = Double(bitPattern: random.next())
            // Whole numbers below 2⁶³ are written as integers and come back as such.
            return number.isFinite && number.rounded() != number ? .number(number) : .string("whole")
        case 5:
            let scalars = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x2FF, using: &random))
            }
            return .string(String(String.UnicodeScalarView(scalars)))
        case 6: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth + 1, &random) })
        default:
            let members = (0..<Int.random(in: 0...20, using: &random)).map {
                ("\($0)", value(depth: depth + 1, &random))
            }
            return .object(JSONObject(members))
        }
    }

    @Test(
        "coordinates have at most the decimals asked for, no trailing zero, no exponent and no -0",
        arguments: [
            (2.3522219, 7, "2.3522219"), (2.35222191, 7, "2.3522219"), (2.5, 7, "2.5"), (-180, 7, "-180"), (0, 7, "0"),
            (-0.0, 7, "0"), (-0.00000001, 7, "0"), (0.0000001, 7, "0.0000001"), (-0.05, 1, "-0.1"),
            (0.99999999, 7, "1"),
            (12.3456, 0, "12"), (48.123456789, 9, "48.123456789"), (48.1234567891, 20, "48.123456789"), (1.5, -1, "2"),
            (6_861_234.125, 3, "6861234.125"), (999_999_999.9, 0, "1000000000"), (1e300, 7, "1e+300"),
            (.nan, 7, "null"),
        ] as [(Double, Int, String)])
    func coordinatesAreWritten(degrees: Double, decimals: Int, expected: String) {
        #expect(text { JSONWriter.append(degrees: degrees, decimals: decimals, to: &$0) } == expected)
    }

    @Test("a written coordinate is never further off than half of its last decimal")
    func coordinatesAreNear() throws {
        let seed: UInt64 = 8
        var random = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            let degrees = Double.random(in: -180...180, using: &random)
            let decimals = Int.random(in: 0...9, using: &random)
            let written = text { JSONWriter.append(degrees: degrees, decimals: decimals, to: &$0) }
            let half = (0..<decimals).reduce(0.5) { half, _ in half / 10 }
            #expect(abs(try #require(Double(written)) - degrees) <= half + 1e-13, "seed \(seed): \(degrees) \(written)")
        }
    }

    @Test("objects keep their order, replace in place and forget what is set to nil")
    func objectsAreOrdered() {
        var object: JSONObject = ["z": 1, "a": 2, "m": 3]
        object["a"] = 4
        object["z"] = nil
        object["none"] = nil
        #expect(object.members.map(\.name) == ["a", "m"])
        #expect(object == ["m": 3, "a": 4])
        #expect(object != ["m": 3, "a": 4, "z": 1])
        for number in 0..<40 { object["n\(number)"] = .integer(Int64(number)) }
        object["n3"] = nil
        #expect(object["n3"] == nil)
        #expect(object["n39"] == 39)
        #expect(object.count == 41)
    }

    @Test(
        "structures flatten to text",
        arguments: [
            (JSONValue.null, JSONValue?.none), ([], nil), (["a", "b"], "a,b"), (["a", 1], #"["a",1]"#),
            (["k": [1]], #"{"k":[1]}"#), ("t", "t"), (3, 3), (true, true), ([:], "{}"),
        ] as [(JSONValue, JSONValue?)])
    func flattening(value: JSONValue, expected: JSONValue?) {
        #expect(value.flattened == expected)
    }
}
