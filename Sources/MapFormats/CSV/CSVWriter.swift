import MapGeometry

/// Writes features as a table of RFC 4180 in UTF-8: a header, CRLF behind each row.
///
/// The columns are "id", "lon" and "lat" (degrees, filled for points), where asked for "geometry" (WKT,
/// filled for all other shapes), and the properties. Lists of strings are joined by commas, other
/// structures stand as JSON text, null and missing values as empty fields.
///
/// Spreadsheets run a text that begins with = + - @ (wide ones too), a tab or a carriage return as a formula;
/// such texts get an apostrophe in front. Numbers are left as they are.
package struct CSVWriter: Sendable {
    package let properties: [String]
    package let hasGeometryColumn: Bool
    package let decimals: Int

    /// - Parameters:
    ///   - properties: the properties to write, in this order.
    ///   - hasGeometryColumn: false where every feature is a point or nowhere; other shapes would be lost.
    ///   - decimals: digits behind the point of a coordinate, 0…9.
    package init(properties: [String], hasGeometryColumn: Bool = true, decimals: Int = 7) {
        self.properties = properties
        self.hasGeometryColumn = hasGeometryColumn
        self.decimals = decimals
    }

    package func appendHeader(to bytes: inout [UInt8]) {
        let own = ["id", "lon", "lat"] + (hasGeometryColumn ? ["geometry"] : [])
        // A property may bear the name of a column of ours.
        for (index, name) in CSVReader.unique(own + properties).enumerated() {
            if index > 0 { bytes.append(ASCII.comma) }
            append(text: name, to: &bytes)
        }
        endRow(&bytes)
    }

    package func append(_ feature: GeoJSONFeature, to bytes: inout [UInt8]) {
        if let identifier = feature.identifier { append(text: identifier, to: &bytes) }
        bytes.append(ASCII.comma)
        append(feature.geometry, to: &bytes)
        for name in properties {
            bytes.append(ASCII.comma)
            append(feature.properties[name]?.flattened, to: &bytes)
        }
        endRow(&bytes)
    }

    /// The fields lon, lat and geometry.
    private func append(_ geometry: Geometry?, to bytes: inout [UInt8]) {
        if case .point(let coordinate) = geometry {
            JSONWriter.append(degrees: coordinate.longitude, decimals: decimals, to: &bytes)
            bytes.append(ASCII.comma)
            JSONWriter.append(degrees: coordinate.latitude, decimals: decimals, to: &bytes)
            if hasGeometryColumn { bytes.append(ASCII.comma) }
            return
        }
        bytes.append(ASCII.comma)
        guard hasGeometryColumn else { return }
        bytes.append(ASCII.comma)
        guard let geometry else { return }
        bytes.append(ASCII.quote)
        WKTWriter.append(geometry, decimals: decimals, to: &bytes)
        bytes.append(ASCII.quote)
    }

    private func append(_ value: JSONValue?, to bytes: inout [UInt8]) {
        switch value {
        case nil: break
        case .string(let text): append(text: text, to: &bytes)
        case let value?: JSONWriter.append(value, to: &bytes)
        }
    }

    private func append(text: String, to bytes: inout [UInt8]) {
        let field = CSVWriter.startsFormula(text) ? "'" + text : text
        guard field.utf8.contains(where: CSVWriter.needsQuotes) else {
            bytes.append(contentsOf: field.utf8)
            return
        }
        bytes.append(ASCII.quote)
        for byte in field.utf8 {
            if byte == ASCII.quote { bytes.append(ASCII.quote) }
            bytes.append(byte)
        }
        bytes.append(ASCII.quote)
    }

    /// Some readers take the wide letters of East Asia for the others.
    private static func startsFormula(_ text: String) -> Bool {
        switch text.unicodeScalars.first {
        case "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
        default: false
        }
    }

    /// Also for semicolons and tabs, which a reader that guesses the delimiter might take for it.
    private static func needsQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case ASCII.comma, ASCII.semicolon, ASCII.tab, ASCII.quote, ASCII.lineFeed, ASCII.carriageReturn: true
        default: false
        }
    }

    private func endRow(_ bytes: inout [UInt8]) {
        bytes.append(ASCII.carriageReturn)
        bytes.append(ASCII.lineFeed)
    }
}
