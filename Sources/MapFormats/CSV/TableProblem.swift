package import MapGeometry

/// What is wrong with a table of comma-separated values or with one of its rows.
package enum TableProblem: Equatable, Sendable {
    case unclosedQuote(line: Int)
    case textBehindQuote
    case tooManyFields(found: Int, expected: Int)
    case noColumn(name: String)
    case noCoordinateColumns
    case fieldMissing(column: String)
    case notACoordinate(column: String)
    case decimalComma(column: String)
    case position(longitudeColumn: String, latitudeColumn: String, GeometryError)
}

extension TableProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unclosedQuote(let line):
            "the file ends inside a quoted field of the record that begins on line \(line): a quote is missing"
        case .textBehindQuote: "text follows the closing quote of a field; write a quote inside a field twice"
        case .tooManyFields(let found, let expected):
            "the record has \(found) fields, the header names \(expected)"
        case .noColumn(let name): "the header has no column “\(name)”"
        case .noCoordinateColumns:
            "the header has no pair of columns for longitude (lon, lng, long, longitude, x) "
                + "and latitude (lat, latitude, y)"
        case .fieldMissing(let column): "the column “\(column)” is empty although its counterpart is filled"
        case .notACoordinate(let column): "the column “\(column)” holds no number of degrees"
        case .decimalComma(let column): "the column “\(column)” holds a number with a comma; use a point, as in 48.85"
        case .position(let longitude, let latitude, let error):
            "the columns “\(longitude)” and “\(latitude)”: \(error)"
        }
    }
}
