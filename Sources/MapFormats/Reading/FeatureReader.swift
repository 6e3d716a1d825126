/// Reads the features of a file in any of the formats, in constant memory.
///
/// ```swift
/// let reader = try FeatureReader(ByteSource(path: path), format: .csv)
/// while let record = try reader.next() { … record.content … }
/// ```
package struct FeatureReader {
    // Closures over each format's reader rather than an enum of them: taking a reader out of an enum to
    // advance it would copy its buffers.
    private let advance: () throws(FormatError) -> SourceRecord<GeoJSONFeature>?
    private let count: () -> Int
    /// Of a table; nil for other formats.
    package let columns: CSVColumns?

    /// - Parameters:
    ///   - names: names given by hand for the columns of a table.
    ///   - delimiter: of a table; nil for the one that its header tells.
    ///   - takingDecimalCommas: whether 48,85 is a number of degrees.
    /// - Throws: `FormatError` when the header of a table cannot be read or has no coordinates.
    package init(
        _ source: ByteSource, format: RecordFormat, columns names: CSVColumns.Names = CSVColumns.Names(),
        delimiter: Character? = nil, takingDecimalCommas: Bool = false
    ) throws(FormatError) {
        switch format {
        case .geojson:
            var reader = GeoJSONCollectionReader(source)
            columns = nil
            advance = { () throws(FormatError) in try reader.next() }
            count = { reader.bytesRead }
        case .geojsonl:
            var reader = GeoJSONLineReader(source)
            columns = nil
            advance = { () throws(FormatError) in try reader.next() }
            count = { reader.bytesRead }
        case .csv:
            var reader = try CSVReader(source, delimiter: delimiter)
            var meaning = try CSVColumns(header: reader.header, names: names)
            meaning.takesDecimalCommas = takingDecimalCommas
            columns = meaning
            advance = { [meaning] () throws(FormatError) in try reader.next()?.feature(meaning) }
            count = { reader.bytesRead }
        }
    }

    /// How many bytes of the file have been taken in.
    package var bytesRead: Int { count() }

    /// The next record; nil behind the last. A failure inside the record leaves the next one readable.
    ///
    /// - Throws: `FormatError` when the file cannot be read on.
    package func next() throws(FormatError) -> SourceRecord<GeoJSONFeature>? {
        try advance()
    }
}

extension SourceRecord<[String]> {
    /// The same record as a feature.
    package func feature(_ columns: CSVColumns) -> SourceRecord<GeoJSONFeature> {
        let feature = content.flatMap { fields in
            Result { () throws(FormatError) in try columns.feature(from: fields) }
        }
        return SourceRecord<GeoJSONFeature>(line: line, ordinal: ordinal, content: feature)
    }
}
