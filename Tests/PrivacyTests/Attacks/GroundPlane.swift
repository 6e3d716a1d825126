import Foundation
import MapGeometry

/// The ground around a place, flat enough over some kilometres: metres east and north of it.
struct GroundPlane {
    let origin: Coordinate

    struct Spot {
        var east: Double
        var north: Double

        func distance(to other: Spot) -> Double { hypot(east - other.east, north - other.north) }

        /// So many metres away in a direction, clockwise from north in radians.
        func moved(_ bearing: Double, _ metres: Double) -> Spot {
            Spot(east: east + sin(bearing) * metres, north: north + cos(bearing) * metres)
        }

        /// A share of the way to another.
        func towards(_ other: Spot, _ share: Double) -> Spot {
            Spot(east: east + (other.east - east) * share, north: north + (other.north - north) * share)
        }
    }

    /// Metres of a degree at the origin, on WGS 84 (the series of the NGA's handbook, to a centimetre).
    private var degree: (east: Double, north: Double) {
        let angle = origin.latitude * .pi / 180
        return (
            111_412.84 * cos(angle) - 93.5 * cos(3 * angle) + 0.118 * cos(5 * angle),
            111_132.92 - 559.82 * cos(2 * angle) + 1.175 * cos(4 * angle)
        )
    }

    func spot(_ place: Coordinate) -> Spot {
        Spot(
            east: (place.longitude - origin.longitude) * degree.east,
            north: (place.latitude - origin.latitude) * degree.north)
    }

    func place(_ spot: Spot) -> Coordinate {
        Coordinate(
            clampingLongitude: origin.longitude + spot.east / degree.east,
            latitude: origin.latitude + spot.north / degree.north)
    }
}

extension [GroundPlane.Spot] {
    /// The spot whose distances to these come nearest to what is said: least squares, by Gauss and Newton.
    func trilaterated(_ metres: [Double], from start: GroundPlane.Spot) -> GroundPlane.Spot {
        var here = start
        for _ in 0..<40 {
            var (ee, en, nn, er, nr) = (1e-9, 0.0, 1e-9, 0.0, 0.0)
            for (spot, metres) in zip(self, metres) {
                let distance = Swift.max(here.distance(to: spot), 1e-6)
                let (east, north) = ((here.east - spot.east) / distance, (here.north - spot.north) / distance)
                let rest = metres - distance
                ee += east * east
                en += east * north
                nn += north * north
                er += east * rest
                nr += north * rest
            }
            let determinant = ee * nn - en * en
            guard abs(determinant) > 1e-9 else { return here }
            here.east += (nn * er - en * nr) / determinant
            here.north += (ee * nr - en * er) / determinant
        }
        return here
    }
}
