/// A plane of true areas that is cut into squares, by its EPSG code. Its positions are metres.
package enum CellGrid: Int, CaseIterable, Sendable {
    /// ETRS89-extended / LAEA Europe, as the grids of INSPIRE and of national statistics.
    case europe = 3035
    /// WGS 84 / NSIDC EASE-Grid 2.0 Global: everywhere else. Its squares are true in area, not in shape: those of 200 m
    /// are 231 m by 173 m on the ground at the equator, and 48 m by 831 m at 78°.
    case world = 6933

    /// Where places of this grid may lie, in whole metres: Europe's area of use (longitude −35…45, latitude 24…73),
    /// and the whole world of the other, which ends at 180° and at the poles.
    package var eastings: ClosedRange<Int> {
        switch self {
        case .europe: -124_780...7_862_637
        case .world: -17_367_531...17_367_531
        }
    }

    /// The same, northwards.
    package var northings: ClosedRange<Int> {
        switch self {
        case .europe: 131_900...6_013_716
        case .world: -7_342_231...7_342_231
        }
    }
}
