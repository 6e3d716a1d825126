import Contributions
import Curation

/// A place in a sorted order as a cursor carries it: the order in words, the values, the id.
extension SortKey {
    private enum Mark {
        static let missing: UInt8 = 0
        static let number: UInt8 = 1
        static let text: UInt8 = 2
    }

    var bytes: [UInt8] {
        let words = Array(order.description.utf8)
        var bytes = [UInt8(words.count)] + words
        for value in values { Self.append(value, to: &bytes) }
        withUnsafeBytes(of: identifier.bigEndian) { bytes += $0 }
        return bytes
    }

    private static func append(_ value: SortValue, to bytes: inout [UInt8]) {
        switch value {
        case .missing: bytes.append(Mark.missing)
        case .number(let number):
            bytes.append(Mark.number)
            withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
        case .text(let text):
            let words = Array(text.text.utf8)
            bytes.append(Mark.text)
            withUnsafeBytes(of: UInt16(words.count).bigEndian) { bytes += $0 }
            bytes += words
        }
    }

    /// Nil for what does not have this form.
    init?(bytes: ArraySlice<UInt8>) {
        var rest = bytes
        guard let length = rest.popFirst(), let words = Self.text(of: Int(length), from: &rest),
            let order = FeatureQueryParser.order(words), order.description == words
        else { return nil }
        var values: [SortValue] = []
        for _ in order.terms {
            guard let value = Self.value(from: &rest) else { return nil }
            values.append(value)
        }
        guard let identifier = Self.number(UInt128.self, from: &rest), rest.isEmpty else { return nil }
        self.init(order: order, values: values, identifier: identifier)
    }

    private static func value(from rest: inout ArraySlice<UInt8>) -> SortValue? {
        switch rest.popFirst() {
        case Mark.missing: return .missing
        case Mark.number: return number(UInt64.self, from: &rest).map { .number(Int64(bitPattern: $0)) }
        case Mark.text:
            guard let length = number(UInt16.self, from: &rest) else { return nil }
            return text(of: Int(length), from: &rest).map { .text(SortText($0)) }
        default: return nil
        }
    }

    private static func number<Number: FixedWidthInteger & UnsignedInteger>(
        _: Number.Type, from rest: inout ArraySlice<UInt8>
    ) -> Number? {
        let size = Number.bitWidth / 8
        guard rest.count >= size else { return nil }
        defer { rest = rest.dropFirst(size) }
        return rest.prefix(size).reduce(0) { $0 << 8 | Number($1) }
    }

    private static func text(of length: Int, from rest: inout ArraySlice<UInt8>) -> String? {
        guard rest.count >= length else { return nil }
        defer { rest = rest.dropFirst(length) }
        return String(validating: rest.prefix(length), as: UTF8.self)
    }
}
