/// A property that must have one of some values; a feature without it does not match.
///
/// Values are compared as JSON, which has one way only to write each text here, so that nothing need be
/// decoded. Only é and its like have two spellings in Unicode: those are compared as Swift compares texts, by
/// canonical equivalence (Unicode Standard Annex 15), which escapes, being ASCII, leave as it is.
package struct TextCondition: Hashable, Sendable {
    private let property: PropertyName
    private let bytes: [[UInt8]]
    private let texts: Set<String>

    /// - Parameter values: texts in JSON, in their quotes, escaped as in the features.
    package init(_ property: PropertyName, isOneOf values: [[UInt8]]) {
        self.property = property
        bytes = values
        texts = Set(values.map { String(decoding: $0, as: UTF8.self) })
    }

    /// Whether the feature whose properties begin at `offset` of its text matches.
    func holds(in text: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        guard let range = property.value(in: text, at: offset) else { return false }
        let value = UnsafeRawBufferPointer(rebasing: text[range])
        if bytes.contains(where: { $0.count == value.count && value.elementsEqual($0) }) { return true }
        guard value.contains(where: { $0 >= 0x80 }) else { return false }
        return texts.contains(String(decoding: value, as: UTF8.self))
    }
}
