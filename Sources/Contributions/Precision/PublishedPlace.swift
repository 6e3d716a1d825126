package import MapGeometry
import Projections

/// Where a contribution shows: all that anybody else is ever told of its place.
///
/// Made from the true place once, when it is given; whatever is asked later (a coarser precision, a distance, a label)
/// is answered from this alone, so that nothing need be kept of the true place.
package struct PublishedPlace: Equatable, Sendable {
    /// What the person chose.
    package let precision: Precision
    /// The cell that shows, exactly at `about` and `wide`.
    package let cell: GridCell?
    /// To seven decimals; exactly at `exact`.
    private let point: Coordinate?

    private init(_ precision: Precision, cell: GridCell? = nil, point: Coordinate? = nil) {
        self.precision = precision
        self.cell = cell
        self.point = point
    }

    /// What a place shows as.
    /// - Parameters:
    ///   - place: the true one, which is kept only at `exact`.
    ///   - households: coarsens the cell until enough people live in it; nil where no table is loaded.
    package init(of place: Coordinate, at precision: Precision, households: HouseholdTable? = nil) {
        switch precision {
        case .exact: self.init(.exact, point: place.rounded(decimals: 7))
        case .about, .wide:
            let cell = GridCell(holding: place, side: precision.finestSide ?? .metres1000)
            self.init(precision, cell: households?.naturalCell(from: cell) ?? cell)
        case .none: self = .nowhere
        }
    }

    /// In the list, not on the map.
    package static let nowhere = PublishedPlace(.none)

    /// The point, the outline of the cell, or nothing.
    package var geometry: Geometry? { point.map(Geometry.point) ?? cell?.polygon }

    /// `precision_m`: the side of the cell in metres; nil where no cell shows.
    package var metres: Int? { cell?.side.metres }

    /// The same at another precision: a cell gives its parent, never a new look at the true place.
    /// - Returns: nil for a finer precision, for which the person has to pin again.
    package func coarsened(to precision: Precision, households: HouseholdTable? = nil) -> PublishedPlace? {
        guard !precision.isFiner(than: self.precision) else { return nil }
        if let point { return PublishedPlace(of: point, at: precision, households: households) }
        guard let cell, let side = precision.finestSide else { return .nowhere }
        let coarser = cell.coarsened(to: side)
        return PublishedPlace(precision, cell: households?.naturalCell(from: coarser) ?? coarser)
    }

    /// What shows once the pin has been moved: the same cell within half a side of it (P9), else a new place, which is
    /// a real move.
    package func moved(to place: Coordinate, households: HouseholdTable? = nil) -> PublishedPlace {
        if let cell, GridCell(forMoved: place, keeping: cell) == cell { return self }
        return PublishedPlace(of: place, at: precision, households: households)
    }

    /// Metres from somewhere to what shows: geodesic to a point, rounded up to a multiple of the side to a cell, 0
    /// inside it (P7). Nil where nothing shows.
    package func distance(from place: Coordinate) -> Double? {
        guard let geometry else { return nil }
        let metres = Geodesic.wgs84.metres(from: place, to: geometry)
        return cell?.distance(roundingUp: metres) ?? metres
    }
}
