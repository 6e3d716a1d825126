package import MapFormats

/// By what the records of a source are known when they come again, and how the source is called.
///
/// Both are public: each feature says where it comes from, as `source` and `source_id`.
package struct RecordKey: Equatable, Sendable {
    /// The field of the file, as it stands there.
    package var field: String
    package var source: String
    /// The name under which the field is read.
    private var property: String

    package init(field: String, source: String) {
        self.field = field
        self.source = source
        property = field
    }

    static let sourceProperty = "source"
    static let identifierProperty = "source_id"

    /// The same for a table, whose columns are meant whatever their case.
    /// - Throws: `FormatError.table(.noColumn)`.
    func found(in columns: CSVColumns) throws(FormatError) -> RecordKey {
        var key = self
        key.field = try columns.column(named: field)
        key.property = columns.property(ofColumn: key.field)
        return key
    }

    /// Gives a record its two properties and returns what tells it apart: a text, or a number as its digits. The field
    /// itself goes, unless it has another meaning, too, such as the title.
    /// - Throws: `ImportError.noKey`.
    func move(
        in feature: inout GeoJSONFeature, line: Int, by reader: ContributionReader
    ) throws(ImportError) -> String {
        let value = feature.properties[property] ?? (property == "id" ? feature.identifier.map(JSONValue.string) : nil)
        guard let text = value.flatMap(Self.text) else { throw .noKey(field: field, line: line) }
        if !reader.givesMeaning(to: property) { feature.properties[property] = nil }
        feature.properties[Self.identifierProperty] = .string(text)
        feature.properties[Self.sourceProperty] = .string(source)
        return text
    }

    private static func text(of value: JSONValue) -> String? {
        switch value {
        case .string(let text):
            let text = text.trimmed
            return text.isEmpty ? nil : text
        case .integer, .number: return JSONWriter.text(of: value)
        case .null, .boolean, .array, .object: return nil
        }
    }
}

extension ContributionReader {
    /// Whether a property is more to us than one to carry through.
    func givesMeaning(to property: String) -> Bool {
        let name = renamed[property] ?? property
        return name == titleName || Self.usualTitles.contains(name) || PublishedFeature.ownProperties.contains(name)
    }
}
