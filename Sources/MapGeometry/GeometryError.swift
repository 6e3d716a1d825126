/// Why a value of this module cannot exist. Each case carries what was offered.
package enum GeometryError: Error, Equatable, Sendable {
    case notFinite(longitude: Double, latitude: Double)
    case longitudeOutOfRange(Double)
    case latitudeOutOfRange(Double)
    /// |latitude| > 90 while the two numbers the other way round would be a valid position.
    case swappedAxes(first: Double, second: Double)
    case boxLatitudesReversed(south: Double, north: Double)
    case tooFewPositions(found: Int, needed: Int, shape: String)
    case ringNotClosed
    case tileOutsideMatrix(zoom: Int, column: Int, row: Int)
    /// The name of a cell, as it was offered.
    case noSuchCell(String)
}

extension GeometryError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notFinite(let longitude, let latitude):
            "the position [\(longitude), \(latitude)] is not made of finite numbers"
        case .longitudeOutOfRange(let value):
            "the longitude \(value) is outside -180…180"
        case .latitudeOutOfRange(let value):
            "the latitude \(value) is outside -90…90"
        case .swappedAxes(let first, let second):
            "the latitude \(second) is outside -90…90: latitude and longitude look swapped "
                + "(write longitude first: [\(second), \(first)])"
        case .boxLatitudesReversed(let south, let north):
            "the south edge \(south) lies north of the north edge \(north); write west,south,east,north"
        case .tooFewPositions(let found, let needed, let shape):
            "a \(shape) needs at least \(needed) positions, found \(found)"
        case .ringNotClosed:
            "a polygon ring must end at the position it starts from"
        case .tileOutsideMatrix(let zoom, let column, let row):
            "there is no tile at zoom \(zoom), column \(column), row \(row)"
        case .noSuchCell(let name):
            "“\(name)” names no cell; a name is like CRS3035RES200mN2889400E3763600"
        }
    }
}
