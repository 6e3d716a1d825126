import Foundation
import MapGeometry

/// Looks for the point of lines that is nearest to a place, and keeps the best distance so far.
///
/// A long segment, straight in longitude and latitude, may come near several times: it is halved until
/// a piece is short, and pieces that cannot be nearer are dropped: by `GeodesicBound`, and because
/// along a path of length ℓ distances change by ℓ at most. On a short piece the slope of the distance,
/// known from the direction in which the geodesic arrives, turns from falling to rising once at most;
/// where it does is found by false position (the Illinois variant: Dowell and Jarratt, BIT 11, 1971).
struct NearestOnLine {
    private(set) var metres = Double.infinity
    private let place: Coordinate
    private let bound: GeodesicBound
    private let ellipsoid: Ellipsoid

    /// Nothing nearer by less than this, in metres, is worth looking for.
    private static let tolerance = 0.005
    /// Pieces at most this long, in degrees either way, are looked at by slope.
    private static let shortPiece = 1.0

    init(from place: Coordinate, on ellipsoid: Ellipsoid) {
        self.place = place
        self.ellipsoid = ellipsoid
        bound = GeodesicBound(from: place)
    }

    mutating func visit(_ coordinate: Coordinate) {
        guard bound.metres(to: coordinate) < metres else { return }
        metres = min(metres, ellipsoid.inverse(from: place, to: coordinate).metres)
    }

    mutating func visit(_ line: [Coordinate]) {
        var last: Arrival?
        for index in 1..<line.count {
            let segment = Segment(from: line[index - 1], to: line[index])
            guard canBeNearer(segment, 0, 1) else {
                last = nil
                continue
            }
            let start = last ?? arrival(at: segment.start)
            let end = arrival(at: segment.end)
            search(segment, Foot(share: 0, start, on: segment, ellipsoid), Foot(share: 1, end, on: segment, ellipsoid))
            last = end
        }
    }

    private mutating func search(_ segment: Segment, _ start: Foot, _ end: Foot) {
        metres = min(metres, start.metres, end.metres)
        let longest = segment.longestPath(from: start.share, to: end.share, on: ellipsoid)
        guard (start.metres + end.metres - longest) / 2 < metres - Self.tolerance,
            canBeNearer(segment, start.share, end.share)
        else { return }
        if segment.degrees * (end.share - start.share) <= Self.shortPiece {
            return descend(segment, start, end)
        }
        let middle = foot(at: (start.share + end.share) / 2, of: segment)
        // The nearer half first: what it finds lets the other be dropped.
        if start.metres < end.metres {
            search(segment, start, middle)
            search(segment, middle, end)
        } else {
            search(segment, middle, end)
            search(segment, start, middle)
        }
    }

    /// Finds where the slope turns from falling to rising, if it does between two feet.
    private mutating func descend(_ segment: Segment, _ start: Foot, _ end: Foot) {
        var (low, high) = (start, end)
        var (lowWeight, highWeight) = (-low.slope, high.slope)
        var lastMoved = 0
        while low.slope < 0, high.slope > 0, metres > Self.tolerance {
            let share = low.share + (high.share - low.share) * lowWeight / (lowWeight + highWeight)
            let next = foot(at: share, of: segment)
            metres = min(metres, next.metres)
            guard abs(next.slope) * (high.share - low.share) > Self.tolerance,
                share > low.share, share < high.share
            else { return }
            if next.slope < 0 {
                (low, lowWeight) = (next, -next.slope)
                if lastMoved == -1 { highWeight /= 2 }
                lastMoved = -1
            } else {
                (high, highWeight) = (next, next.slope)
                if lastMoved == 1 { lowWeight /= 2 }
                lastMoved = 1
            }
        }
    }

    private func canBeNearer(_ segment: Segment, _ start: Double, _ end: Double) -> Bool {
        metres == .infinity || bound.metres(to: segment.box(from: start, to: end)) < metres - Self.tolerance
    }

    private func arrival(at coordinate: Coordinate) -> Arrival {
        let (metres, azimuth) = ellipsoid.inverse(from: place, to: coordinate)
        return Arrival(coordinate: coordinate, metres: metres, azimuth: azimuth)
    }

    private func foot(at share: Double, of segment: Segment) -> Foot {
        Foot(share: share, arrival(at: segment.coordinate(at: share)), on: segment, ellipsoid)
    }
}

/// The geodesic's end: how long it was and in which direction, in degrees from north, it arrives.
private struct Arrival {
    let coordinate: Coordinate
    let metres: Double
    let azimuth: Double
}

/// A point of a segment (a share of it, 0…1), its distance, and how fast the distance grows there
/// (metres for the whole segment).
private struct Foot {
    let share: Double
    let metres: Double
    let slope: Double

    init(share: Double, _ arrival: Arrival, on segment: Segment, _ ellipsoid: Ellipsoid) {
        self.share = share
        metres = arrival.metres
        let azimuth = arrival.azimuth * .pi / 180
        let degree = ellipsoid.metresInDegree(atLatitude: arrival.coordinate.latitude)
        slope =
            sin(azimuth) * segment.eastwards * degree.longitude
            + cos(azimuth) * segment.northwards * degree.latitude
    }
}
