import MapGeometry

/// Which columns of a table hold the place and the title of a feature.
package struct CSVColumns: Equatable, Sendable {
    /// Names given by hand instead of the recognised ones; nil for what shall be recognised.
    package struct Names: Equatable, Sendable {
        package var longitude: String?
        package var latitude: String?
        package var title: String?

        package init(longitude: String? = nil, latitude: String? = nil, title: String? = nil) {
            self.longitude = longitude
            self.latitude = latitude
            self.title = title
        }
    }

    package let header: [String]
    /// Whether 48,85 is a number of degrees, as 48.85 is.
    package var takesDecimalCommas = false
    private let longitude: Int
    private let latitude: Int
    private let title: Int?

    private static let longitudeNames = ["lon", "longitude", "lng", "long", "x"]
    private static let latitudeNames = ["lat", "latitude", "y"]
    private static let titleNames = ["title", "titre", "name", "nom"]

    /// Recognises columns whatever their case; where several names fit, the first of the list above wins
    /// and the other columns stay properties.
    ///
    /// - Throws: `FormatError.table`: `.noColumn` for a name given by hand, `.noCoordinateColumns`.
    package init(header: [String], names: Names = Names()) throws(FormatError) {
        let plain = header.map(CSVColumns.plain)
        func column(_ name: String?, _ recognised: [String]) throws(FormatError) -> Int? {
            guard let name else { return recognised.lazy.compactMap { plain.firstIndex(of: $0) }.first }
            guard let column = header.firstIndex(of: name) ?? plain.firstIndex(of: CSVColumns.plain(name)) else {
                throw .table(.noColumn(name: name))
            }
            return column
        }
        let longitude = try column(names.longitude, CSVColumns.longitudeNames)
        let latitude = try column(names.latitude, CSVColumns.latitudeNames)
        guard let longitude, let latitude, longitude != latitude else { throw .table(.noCoordinateColumns) }
        self.header = header
        self.longitude = longitude
        self.latitude = latitude
        title = try column(names.title, CSVColumns.titleNames)
    }

    /// What a column is read as: "longitude", "latitude" or "title", or its own name where it stays a property.
    package func property(ofColumn name: String) -> String {
        switch header.firstIndex(of: name) {
        case longitude: "longitude"
        case latitude: "latitude"
        case let column? where column == title: "title"
        default: name
        }
    }

    /// Whether the column of that name gives way to the one that holds the title.
    package func isHiddenByTitle(_ name: String) -> Bool {
        guard name == "title", let title else { return false }
        return header[title] != name
    }

    /// The column that is meant by a name given by hand, whatever its case.
    /// - Throws: `FormatError.table(.noColumn)`.
    package func column(named name: String) throws(FormatError) -> String {
        let plain = CSVColumns.plain(name)
        guard let found = header.first(where: { $0 == name }) ?? header.first(where: { CSVColumns.plain($0) == plain })
        else { throw .table(.noColumn(name: name)) }
        return found
    }

    private static func plain(_ name: String) -> String {
        String(CSVColumns.trimmed(name)).lowercased()
    }

    /// A Point, or no geometry where both coordinates are empty, with every other filled field as a
    /// string property under its column's name; the title's is called "title" and wins over a column
    /// that bears that name.
    ///
    /// - Parameter fields: a row in the order of the header; missing ones count as empty.
    /// - Throws: `FormatError.table`, naming the column.
    package func feature(from fields: [String]) throws(FormatError) -> GeoJSONFeature {
        var properties = JSONObject()
        for (column, field) in fields.enumerated().prefix(header.count) {
            guard column != longitude, column != latitude, column != title, !field.isEmpty else { continue }
            properties[header[column]] = .string(field)
        }
        if let title, title < fields.count, !fields[title].isEmpty { properties["title"] = .string(fields[title]) }
        return GeoJSONFeature(geometry: try point(fields), properties: properties)
    }

    private func point(_ fields: [String]) throws(FormatError) -> Geometry? {
        switch (try degrees(fields, longitude), try degrees(fields, latitude)) {
        case (nil, nil): return nil
        case (nil, _): throw .table(.fieldMissing(column: header[longitude]))
        case (_, nil): throw .table(.fieldMissing(column: header[latitude]))
        case (let x?, let y?):
            do throws(GeometryError) {
                return .point(try Coordinate(longitude: x, latitude: y))
            } catch {
                throw .table(
                    .position(longitudeColumn: header[longitude], latitudeColumn: header[latitude], error))
            }
        }
    }

    /// The number in a column; nil where the field is empty.
    private func degrees(_ fields: [String], _ column: Int) throws(FormatError) -> Double? {
        guard column < fields.count else { return nil }
        let given = CSVColumns.trimmed(fields[column])
        if given.isEmpty { return nil }
        let text =
            takesDecimalCommas && CSVColumns.hasDecimalComma(given) ? given.replacing(",", with: ".")[...] : given
        // Swift's own reading would also take "nan", "inf" and hexadecimal.
        if text.utf8.allSatisfy(CSVColumns.isDecimal), let number = Double(text), number.isFinite { return number }
        if text.utf8.contains(ASCII.comma), text.utf8.allSatisfy({ CSVColumns.isDecimal($0) || $0 == ASCII.comma }) {
            throw .table(.decimalComma(column: header[column]))
        }
        throw .table(.notACoordinate(column: header[column]))
    }

    /// Whether a number of degrees in a row has a comma for its point.
    package func hasDecimalCommas(_ fields: [String]) -> Bool {
        [longitude, latitude].contains { column in
            column < fields.count && CSVColumns.hasDecimalComma(CSVColumns.trimmed(fields[column]))
        }
    }

    /// One comma, no point, and nothing else than a number.
    private static func hasDecimalComma(_ text: Substring) -> Bool {
        text.utf8.count(where: { $0 == ASCII.comma }) == 1 && !text.utf8.contains(UInt8(ascii: "."))
            && text.utf8.allSatisfy { isDecimal($0) || $0 == ASCII.comma }
    }

    private static func isDecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private static func trimmed(_ text: String) -> Substring {
        let start = text.utf8.firstIndex { $0 != ASCII.space && $0 != ASCII.tab } ?? text.endIndex
        let end = text.utf8.lastIndex { $0 != ASCII.space && $0 != ASCII.tab }
        guard let end else { return "" }
        return text[start...end]
    }
}
