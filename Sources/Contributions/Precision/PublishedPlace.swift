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
    /// To seven decimals; exactly at `exact`. A point, unless a curator has drawn something else.
    private let shape: Geometry?

    private init(_ precision: Precision, cell: GridCell? = nil, shape: Geometry? = nil) {
        self.precision = precision
        self.cell = cell
        self.shape = shape
    }

    /// Where a contribution shows already.
    package init(of contribution: Contribution) {
        self.init(
            contribution.precision, cell: contribution.cell,
            shape: contribution.precision == .exact ? contribution.geometry : nil)
    }

    /// What a place shows as.
    /// - Parameters:
    ///   - place: the true one, which is kept only at `exact`.
    ///   - households: coarsens the cell until enough people live in it; nil where no table is loaded.
    package init(of place: Coordinate, at precision: Precision, households: HouseholdTable? = nil) {
        switch precision {
        case .exact: self.init(.exact, shape: .point(place.rounded(decimals: 7)))
        case .about, .wide:
            let cell = GridCell(holding: place, side: precision.finestSide ?? .metres1000)
            self.init(precision, cell: households?.naturalCell(from: cell) ?? cell)
        case .none: self = .nowhere
        }
    }

    /// In the list, not on the map.
    package static let nowhere = PublishedPlace(.none)

    /// The point, the outline of the cell, or nothing.
    package var geometry: Geometry? { shape ?? cell?.polygon }

    /// `precision_m`: the side of the cell in metres; nil where no cell shows.
    package var metres: Int? { cell?.side.metres }

    /// The same at another precision: a cell gives its parent, never a new look at the true place. What a curator has
    /// drawn gives the cell of its middle.
    /// - Returns: nil for a finer precision, for which the person has to pin again.
    package func coarsened(to precision: Precision, households: HouseholdTable? = nil) -> PublishedPlace? {
        guard !precision.isFiner(than: self.precision) else { return nil }
        guard precision != self.precision else { return self }
        if let shape {
            guard let middle = shape.boundingBox?.centre else { return .nowhere }
            return PublishedPlace(of: middle, at: precision, households: households)
        }
        guard let cell, let side = precision.finestSide else { return .nowhere }
        let coarser = cell.coarsened(to: side)
        return PublishedPlace(precision, cell: households?.naturalCell(from: coarser) ?? coarser)
    }

    /// What shows once the pin has been placed again: the same cell within half a side of it (P9), or one around it
    /// when a coarser one is asked for; else a new place. Whoever asks for a finer cell has it made anew.
    package func moved(
        to place: Coordinate, at precision: Precision? = nil, households: HouseholdTable? = nil
    ) -> PublishedPlace {
        let fresh = PublishedPlace(of: place, at: precision ?? self.precision, households: households)
        guard let cell, let side = fresh.cell?.side, cell.side <= side,
            GridCell(forMoved: place, keeping: cell) == cell
        else { return fresh }
        return PublishedPlace(fresh.precision, cell: cell.coarsened(to: side))
    }

    /// Whether somebody who knows the one place learns of another from this: a real move (P9), after which a
    /// contribution goes by a new id.
    package func isMoved(from old: PublishedPlace) -> Bool {
        switch (old.cell, cell, old.point, point) {
        case (let before?, let after?, _, _): !before.contains(after) && !after.contains(before)
        case (let before?, nil, _, let after?): !before.contains(GridCell(holding: after))
        case (nil, let after?, let before?, _): !after.contains(GridCell(holding: before))
        case (nil, nil, let before?, let after?):
            Geodesic.wgs84.metres(from: before, to: after) > PublishedPlace.correction
        default: false
        }
    }

    /// Metres up to which a point has been put right and not moved: half the side of the finest cell.
    private static let correction = 100.0

    private var point: Coordinate? {
        if case .point(let point)? = shape { point } else { nil }
    }

    /// Metres from somewhere to what shows: geodesic to a point, rounded up to a multiple of the side to a cell, 0
    /// inside it (P7). Nil where nothing shows.
    package func distance(from place: Coordinate) -> Double? {
        guard let geometry else { return nil }
        let metres = Geodesic.wgs84.metres(from: place, to: geometry)
        return cell?.distance(roundingUp: metres) ?? metres
    }
}
