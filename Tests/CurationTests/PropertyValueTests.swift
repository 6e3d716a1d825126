import MapFormats
import SpatialIndex
import TestSupport
import Testing

/// A property is found in a feature's text without decoding it: the parser, which decodes all, says where it is.
@Suite struct PropertyValueTests {
    private func value(_ name: String, in properties: JSONObject) -> String? {
        var text = Array(#"{"type":"Feature","properties":"#.utf8)
        let offset = text.count
        JSONWriter.append(.object(properties), to: &text)
        text.append(UInt8(ascii: "}"))
        var builder = PackedIndexBuilder(expectedCount: 1)
        builder.append(IndexedFeature(identifier: 1, geometry: nil, kind: 0, text: text, propertiesOffset: offset))
        return IndexSnapshot(builder.build()).feature(identifier: 1)?.withProperty(PropertyName(name)) {
            String(decoding: $0, as: UTF8.self)
        } ?? nil
    }

    @Test("What stands inside another property or a text is no property")
    func whatStandsElsewhereIsNoProperty() {
        let decoys: [JSONValue] = [
            ["lang": "fr"], [["lang": "fr"]], ["a": ["lang": "fr"], "lang": "fr"], #"","lang":"fr"#, #"\"#,
            #"\","lang":"fr"#,
            "]}", [], [:], nil, true, -1.5e-7, "\u{1}\n\u{7F}é",
        ]
        for decoy in decoys {
            #expect(value("lang", in: ["sub": decoy]) == nil, "\(decoy)")
            #expect(value("lang", in: ["sub": decoy, "lang": "de"]) == #""de""#, "\(decoy)")
            #expect(value("lang", in: ["lang": "de", "sub": decoy]) == #""de""#, "\(decoy)")
        }
        #expect(value("lang", in: [:]) == nil)
        #expect(value("lan", in: ["lang": "fr"]) == nil && value("ang", in: ["lang": "fr"]) == nil)
        #expect(value("lang", in: ["x\"lang": "fr", "lang\"": "fr", "\\": "fr"]) == nil)
    }

    @Test("The value found is the one that the parser finds", arguments: [1, 2, 3] as [UInt64])
    func theParserAgrees(seed: UInt64) {
        var random = RandomValues(generator: SeededGenerator(seed: seed))
        var found = 0
        for number in 0..<500 {
            let properties = random.object(depth: 3)
            for name in RandomValues.names {
                let expected = properties[name].map(JSONWriter.text)
                #expect(value(name, in: properties) == expected, "seed \(seed), object \(number)")
                found += expected == nil ? 0 : 1
            }
        }
        #expect(found > 100 && found < 1_900, "seed \(seed): \(found)")
    }
}

/// Nested objects of few names, so that the same name stands at several depths.
private struct RandomValues {
    var generator: SeededGenerator

    static let names = ["lang", "title", "a", "lan"]
    private static let texts = ["fr", "\"lang\":\"fr\"", "\\", "\\\"", "{", "]", "é\n", "", ",\"a\":"]

    mutating func object(depth: Int) -> JSONObject {
        JSONObject((0..<number(5)).map { _ in (Self.names[number(4)], value(depth: depth - 1)) })
    }

    private mutating func value(depth: Int) -> JSONValue {
        switch number(depth > 0 ? 6 : 4) {
        case 0: .null
        case 1: .integer(Int64(number(1_000)))
        case 2, 3: .string(Self.texts[number(Self.texts.count)])
        case 4: .array((0..<number(3)).map { _ in value(depth: depth - 1) })
        default: .object(object(depth: depth))
        }
    }

    private mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
}
