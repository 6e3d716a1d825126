/// A value of RFC 8259.
///
/// A number written without point and exponent that fits 64 bits is an `integer`; every other one is a
/// `number`, which is always finite when it comes from `JSONParser`.
package enum JSONValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// The name of the type for a sentence, with its article.
    package var typeName: String {
        switch self {
        case .null: "null"
        case .boolean: "a boolean"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// The text of a string; nil for every other type.
    package var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A number of either kind as a double; nil for every other type.
    package var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .null, .boolean, .string, .array, .object: nil
        }
    }

    /// The member of that name; nil when there is none and when this is not an object.
    package subscript(name: String) -> JSONValue? {
        if case .object(let object) = self { object[name] } else { nil }
    }

    /// One plain value, for formats whose columns and attributes hold no structure.
    ///
    /// A list of strings becomes its items joined by commas; any other list and any object becomes its
    /// JSON text. Nil for null and for an empty list, which such formats leave out.
    package var flattened: JSONValue? {
        switch self {
        case .null: return nil
        case .boolean, .integer, .number, .string: return self
        case .array(let items) where items.isEmpty: return nil
        case .array(let items):
            let texts = items.compactMap(\.text)
            return .string(texts.count == items.count ? texts.joined(separator: ",") : JSONWriter.text(of: self))
        case .object: return .string(JSONWriter.text(of: self))
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(nilLiteral: ()) { self = .null }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(stringLiteral value: String) { self = .string(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}
