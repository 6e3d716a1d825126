import MapGeometry
import TestSupport
import Testing

@testable import MapFormats

/// Properties that a tile copies from a feature's text are those that it would write of the properties read.
@Suite("Vector tiles from texts")
struct VectorTileTextTests {
    private static let point = TileShape.points([TilePosition(x: 1, y: 1)])

    private func copied(_ texts: [[UInt8]]) throws -> [UInt8] {
        var writer = VectorTileLayerWriter(name: "l")
        for text in texts {
            try writer.append([Self.point], identifier: 1) { (tags: inout VectorTileTags) in
                "ab".utf8CString.withUnsafeBytes { tags.append("id", text: UnsafeRawBufferPointer(rebasing: $0[..<2])) }
                try text.withUnsafeBytes { bytes in try tags.append(membersOf: bytes, except: "id") }
            }
        }
        return writer.bytes()
    }

    private func read(_ texts: [[UInt8]]) throws -> [UInt8] {
        let features = try texts.map { text in
            var properties: JSONObject = ["id": "ab"]
            if case .object(let members) = try JSONParser.parse(text) {
                for member in members.members where member.name != "id" { properties[member.name] = member.value }
            }
            return VectorTileFeature(identifier: 1, shape: Self.point, properties: properties)
        }
        return VectorTileWriter.bytes(of: [VectorTileLayer(name: "l", features: features)])
    }

    @Test("copied and read are the same bytes, whatever is in the text", arguments: 1...40 as ClosedRange<UInt64>)
    func copiedIsRead(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let texts = (0..<Int.random(in: 1...90, using: &random)).map { _ in
            Array(JSONWriter.text(of: .object(Self.object(&random, depth: 2))).utf8)
        }
        #expect(try copied(texts) == read(texts), "seed \(seed)")
    }

    @Test(
        "each kind of value is what it is when read",
        arguments: [
            "{}", #"{"a":null,"b":[]}"#, #"{"id":"not this","a":1}"#, #"{"\u0069d":1,"i\u0064":2}"#,
            #"{"a":"","b":"\\","c":"\\\"","d":"\u0000","e":"\"","f":"é🌳"}"#,
            #"{"a":0,"b":-0,"c":-1,"d":999999999999999999,"e":9223372036854775807,"f":9223372036854775808,"g":1e3}"#,
            #"{"a":0.5,"b":true,"c":false,"d":1E-400}"#,
            #"{"a":["x","y"],"b":["x,y",""],"c":["]","[","{"],"d":["x",1],"e":[["x"]],"f":["\n"],"g":[null]}"#,
            #"{"a":{"b":"}","c":["]"]},"d":{}}"#, #"{"":1,"\n":2}"#,
        ])
    func values(text: String) throws {
        let text = Array(text.utf8)
        #expect(try copied([text, text]) == read([text, text]))
    }

    @Test("what is no whole object is an error or less, never more", arguments: 1...20 as ClosedRange<UInt64>)
    func damagedTexts(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let text = Array(JSONWriter.text(of: .object(Self.object(&random, depth: 2))).utf8)
        for length in text.indices {
            // Only to come back from every one of them.
            _ = try? copied([Array(text[..<length])])
        }
        #expect(throws: JSONError.self) { try copied([Array(#"{"a":"b"#.utf8)]) }
        #expect(throws: JSONError.self) { try copied([Array(#"{"a":x}"#.utf8)]) }
    }

    @Test("a message is known again among thousands, by its bytes alone")
    func tableKnowsItsMessages() {
        var table = EncodedTable(field: 4)
        let messages = (0..<5_000).map { Array("message \($0 % 2_500)".utf8) } + [[], []]
        let numbers = messages.map { message in message.withUnsafeBytes { table.number(of: $0) } }
        let count = table.count
        #expect(numbers == (0..<5_000).map { UInt32($0 % 2_500) } + [2_500, 2_500])
        #expect(count == 2_501)
    }

    private static func object(_ random: inout SeededGenerator, depth: Int) -> JSONObject {
        let names = ["title", "text", "theme", "id", "é", "a\"b", "a\\", "", "when", "x\n", "precision", "kind"]
        var object = JSONObject()
        for name in names.shuffled(using: &random).prefix(Int.random(in: 0...names.count, using: &random)) {
            object[name] = value(&random, depth: depth)
        }
        return object
    }

    private static func value(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
        case 0: return nil
        case 1: return .boolean(.random(using: &random))
        case 2: return .integer([0, -1, 12, .max, .min, 1_000].randomElement(using: &random) ?? 0)
        case 3: return .number(Double(Int.random(in: -9...9, using: &random)) / 4)
        case 4, 5: return .string(text(&random))
        case 6: return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in .string(text(&random)) })
        case 7:
            return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random, depth: depth - 1) })
        default: return .object(object(&random, depth: depth - 1))
        }
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let pieces = ["a", "été", "\"", "\\", "\n", ",", "[", "]", "{", "}", "🌳", " ", "null", "1", ":"]
        return (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
    }
}
