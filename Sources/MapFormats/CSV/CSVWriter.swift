package import MapGeometry

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
    private let eastward: String
    private let northward: String

    /// - Parameters:
    ///   - properties: the properties to write, in this order.
    ///   - hasGeometryColumn: false where every feature is a point or nowhere; other shapes would be lost.
    ///   - decimals: digits behind the point of a coordinate, 0…9.
    ///   - eastward: the name of the column for the number that grows eastward, "lon".
    ///   - northward: the name of the other, "lat".
    package init(
        properties: [String], hasGeometryColumn: Bool = true, decimals: Int = 7, eastward: String = "lon",
        northward: String = "lat"
    ) {
        self.properties = properties
        self.hasGeometryColumn = hasGeometryColumn
        self.decimals = decimals
        self.eastward = eastward
        self.northward = northward
    }

    package func appendHeader(to bytes: inout [UInt8]) {
        let own = ["id", eastward, northward] + (hasGeometryColumn ? ["geometry"] : [])
        // A property may bear the name of a column of ours.
        for (index, name) in CSVReader.unique(own + properties).enumerated() {
            if index > 0 { bytes.append(ASCII.comma) }
            append(text: name, to: &bytes)
        }
        endRow(&bytes)
    }

    /// - Parameter place: the numbers of a position, eastward before northward; nil for one that has none, whose
    ///   feature then stands nowhere.
    package func append(
        _ feature: GeoJSONFeature, to bytes: inout [UInt8],
        placing place: @escaping (Coordinate) -> (Double, Double)? = { ($0.longitude, $0.latitude) }
    ) {
        if let identifier = feature.identifier { append(text: identifier, to: &bytes) }
        bytes.append(ASCII.comma)
        append(feature.geometry, to: &bytes, place)
        for name in properties {
            bytes.append(ASCII.comma)
            append(feature.properties[name]?.flattened, to: &bytes)
        }
        endRow(&bytes)
    }

    /// The fields lon, lat and geometry.
    private func append(
        _ geometry: Geometry?, to bytes: inout [UInt8], _ place: @escaping (Coordinate) -> (Double, Double)?
    ) {
        if case .point(let coordinate) = geometry, let (x, y) = place(coordinate) {
            JSONWriter.append(degrees: x, decimals: decimals, to: &bytes)
            bytes.append(ASCII.comma)
            JSONWriter.append(degrees: y, decimals: decimals, to: &bytes)
            if hasGeometryColumn { bytes.append(ASCII.comma) }
            return
        }
        bytes.append(ASCII.comma)
        guard hasGeometryColumn else { return }
        bytes.append(ASCII.comma)
        guard let geometry else { return }
        if case .point = geometry { return }
        appendText(of: geometry, to: &bytes, place)
    }

    private func appendText(
        of geometry: Geometry, to bytes: inout [UInt8], _ place: @escaping (Coordinate) -> (Double, Double)?
    ) {
        let start = bytes.count
        var isPlaced = true
        bytes.append(ASCII.quote)
        WKTWriter.append(geometry, decimals: decimals, to: &bytes) { coordinate in
            if let position = place(coordinate) { return position }
            isPlaced = false
            return (0, 0)
        }
        bytes.append(ASCII.quote)
        if !isPlaced { bytes.removeSubrange(start...) }
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
