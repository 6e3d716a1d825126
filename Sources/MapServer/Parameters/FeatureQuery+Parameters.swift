import Contributions
import Foundation
import MapGeometry

/// Reads the parameters of the contract; each error names the parameter and says what is expected.
struct FeatureQueryParser {
    let parameters: QueryParameters

    /// - Throws: `WebError`.
    func query() throws(WebError) -> FeatureQuery {
        if parameters.values.isEmpty { return FeatureQuery() }
        return try query(box: value(.bbox, read: Self.box))
    }

    /// The same with a box that has been read already.
    func query(box: BoundingBox?) throws(WebError) -> FeatureQuery {
        FeatureQuery(
            box: box, near: try nearness(),
            seconds: try value(.datetime) { try? ExtendedDate($0.uppercased()).seconds },
            kinds: try value(.kind, read: Self.kinds),
            themes: try value(.theme) { Self.list($0.precomposedStringWithCanonicalMapping) },
            words: try value(.q) { TextFolding.words(in: $0).isEmpty ? nil : $0 }, texts: try texts())
    }

    /// How many features a page may hold; above the most it is the most.
    func limit() throws(WebError) -> Int {
        try value(.limit) { text in
            guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), text.utf8.contains(where: { $0 != 0x30 }) else {
                return nil
            }
            return min(Int(text) ?? Self.largestLimit, Self.largestLimit)
        } ?? Self.defaultLimit
    }

    static let defaultLimit = 100
    static let largestLimit = 10_000
    static let largestRadius = 1_000_000.0

    /// The names of the properties to send; nil for all.
    func properties() throws(WebError) -> Set<String>? { try value(.properties, read: Self.list) }

    /// The value of a parameter, nil when it is not given.
    func value<Value>(_ parameter: Parameter, read: (String) -> Value?) throws(WebError) -> Value? {
        guard let text = parameters[parameter.name] else { return nil }
        guard let value = read(text) else {
            throw .invalidParameter(parameter.name, expected: parameter.expected)
        }
        return value
    }

    private func nearness() throws(WebError) -> FeatureQuery.Nearness? {
        let radius = try value(.radius) { text in
            DecimalNumber.value(of: Substring(text)).flatMap { $0 >= 0 && $0 <= Self.largestRadius ? $0 : nil }
        }
        let place = try value(.near) { text -> Coordinate? in
            guard let numbers = Self.numbers(text), numbers.count == 2 else { return nil }
            return try? Coordinate(longitude: numbers[0], latitude: numbers[1])
        }
        guard let place else {
            if radius != nil { throw .parameterNeeds("radius", other: "near") }
            return nil
        }
        return FeatureQuery.Nearness(place: place, radius: radius)
    }

    private static func box(_ text: String) -> BoundingBox? {
        guard let numbers = numbers(text) else { return nil }
        switch numbers.count {
        case 4: return try? BoundingBox(west: numbers[0], south: numbers[1], east: numbers[2], north: numbers[3])
        case 6: return try? BoundingBox(west: numbers[0], south: numbers[1], east: numbers[3], north: numbers[4])
        default: return nil
        }
    }

    private static func kinds(_ text: String) -> Set<Kind>? {
        guard let names = list(text) else { return nil }
        let kinds = names.compactMap(Kind.init(rawValue:))
        return kinds.count == names.count ? Set(kinds) : nil
    }

    static func list(_ text: String) -> Set<String>? {
        let items = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return items.contains("") ? nil : Set(items)
    }

    static func numbers(_ text: String) -> [Double]? {
        var numbers: [Double] = []
        numbers.reserveCapacity(6)
        var text = text
        return text.withUTF8 { bytes in
            var start = 0
            for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: ",") {
                guard let number = DecimalNumber.value(of: UnsafeBufferPointer(rebasing: bytes[start..<end])) else {
                    return nil
                }
                numbers.append(number)
                start = end + 1
            }
            return numbers
        }
    }
}
