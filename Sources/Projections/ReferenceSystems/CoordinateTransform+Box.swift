package import MapGeometry

extension CoordinateTransform {
    /// The box of longitudes and latitudes around a box of the other system.
    ///
    /// It holds every place whose printed position lies in the box or on its edge: edges are curves in CRS84, so each is
    /// walked in 21 steps and its extremes are sought between them; a pole within the box brings all longitudes.
    /// It is wider by half a printed millimetre, and by `margin`. All longitudes and latitudes where the box
    /// leaves what the system can express.
    ///
    /// - Parameters:
    ///   - lower: the corner of the smaller numbers, in the order of axes of the system.
    ///   - upper: the corner of the larger numbers. In a geographic system its longitude may be the smaller one:
    ///     the box then crosses the antimeridian.
    /// - Returns: nil when the numbers are no box of the system.
    package func box(from lower: SIMD2<Double>, to upper: SIMD2<Double>) -> BoundingBox? {
        guard axes.isGeographic else {
            guard lower.x <= upper.x, lower.y <= upper.y else { return nil }
            return BoxEdges(lower: lower - Self.halfMillimetre, upper: upper + Self.halfMillimetre).extent(self)
        }
        let (longitude, latitude) = axes.isNorthingFirst ? (1, 0) : (0, 1)
        let areInRange = [lower, upper].allSatisfy { corner in
            abs(corner[longitude] * axes.degreesPerUnit) <= 180 && abs(corner[latitude] * axes.degreesPerUnit) <= 90
        }
        guard areInRange, lower[latitude] <= upper[latitude] else { return nil }
        var upper = upper
        if upper[longitude] < lower[longitude] { upper[longitude] += 360 / axes.degreesPerUnit }
        return BoxEdges(lower: lower, upper: upper).extent(self)
    }

    private static let halfMillimetre = 0.0005
}

/// The outline of a box of some coordinate reference system.
private struct BoxEdges {
    let lower: SIMD2<Double>
    let upper: SIMD2<Double>

    private static let steps = 21
    /// Degrees: half of the last published digit, and some for PROJ's series, which lead back to 2·10⁻⁸ in EPSG:3035.
    /// It brings in no point whose published digits lie outside.
    private static let margin = 6e-8
    /// Metres around the equator of WGS 84: what repeats itself east of WebMercator's world.
    private static let turn = 2 * Double.pi * 6_378_137

    /// A point of the outline: `edge` 0…3, `step` 0…`steps` with parts of steps.
    private func position(_ edge: Int, _ step: Double) -> SIMD2<Double> {
        let part = step / Double(BoxEdges.steps)
        let along = lower + (upper - lower) * part
        let back = upper - (upper - lower) * part
        return switch edge {
        case 0: [along.x, lower.y]
        case 1: [upper.x, along.y]
        case 2: [back.x, upper.y]
        default: [lower.x, back.y]
        }
    }

    /// Longitude, by the name next to that of `neighbour`, and latitude; nil outside what the system expresses.
    private func place(
        _ edge: Int, _ step: Double, near neighbour: SIMD2<Double>?, _ transform: CoordinateTransform
    ) -> SIMD2<Double>? {
        let position = position(edge, step)
        guard var place = transform.place(at: position), let again = transform.uncheckedPosition(of: place) else {
            return nil
        }
        if !transform.axes.isGeographic {
            let gap = again - position
            guard abs(gap.x.remainder(dividingBy: BoxEdges.turn)) < 1, abs(gap.y) < 1 else { return nil }
        }
        if let neighbour { place.x += 360 * ((neighbour.x - place.x) / 360).rounded() }
        return place
    }

    /// - Complexity: some 100 transforms, and 400 to find extremes.
    func extent(_ transform: CoordinateTransform) -> BoundingBox {
        var least = SIMD2<Double>(repeating: .infinity)
        var greatest = -least
        var spansAll = !transform.axes.isGeographic && upper.x - lower.x >= BoxEdges.turn
        var last: SIMD2<Double>?
        for edge in 0..<4 {
            var places: [SIMD2<Double>] = []
            for step in 0...BoxEdges.steps {
                guard let place = place(edge, Double(step), near: last, transform) else { return .world }
                // So near a pole nothing tells on which side of it the edge has passed.
                if let last, abs(place.x - last.x) > 90 { spansAll = true }
                last = place
                places.append(place)
            }
            for axis in 0...1 {
                greatest[axis] = max(greatest[axis], extreme(of: places, edge, axis, sign: 1, transform))
                least[axis] = min(least[axis], -extreme(of: places, edge, axis, sign: -1, transform))
            }
        }
        for pole in [90.0, -90] where holdsPole(pole, transform) {
            spansAll = true
            least.y = min(least.y, pole)
            greatest.y = max(greatest.y, pole)
        }
        return BoxEdges.box(from: least - BoxEdges.margin, to: greatest + BoxEdges.margin, spansAll: spansAll)
    }

    /// The largest value of `sign` times an axis along an edge: the best sample, then a golden-section search
    /// between its neighbours (Kiefer, "Sequential minimax search for a maximum", 1953).
    private func extreme(
        of places: [SIMD2<Double>], _ edge: Int, _ axis: Int, sign: Double, _ transform: CoordinateTransform
    ) -> Double {
        let best = places.indices.max { sign * places[$0][axis] < sign * places[$1][axis] } ?? 0
        func value(_ step: Double) -> Double {
            place(edge, step, near: places[best], transform).map { sign * $0[axis] } ?? -.infinity
        }
        let ratio = (5.0.squareRoot() - 1) / 2
        var (low, high) = (Double(max(best - 1, 0)), Double(min(best + 1, BoxEdges.steps)))
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
        var (leftValue, rightValue) = (value(left), value(right))
        for _ in 0..<24 {
            if leftValue > rightValue {
                (high, right, rightValue) = (right, left, leftValue)
                left = high - ratio * (high - low)
                leftValue = value(left)
            } else {
                (low, left, leftValue) = (left, right, rightValue)
                right = low + ratio * (high - low)
                rightValue = value(right)
            }
        }
        return max(sign * places[best][axis], leftValue, rightValue)
    }

    /// On a plane a pole is a point; in a geographic system it is an edge like others.
    private func holdsPole(_ latitude: Double, _ transform: CoordinateTransform) -> Bool {
        guard !transform.axes.isGeographic,
            let pole = transform.position(of: Coordinate(clampingLongitude: 0, latitude: latitude))
        else { return false }
        return pole.x >= lower.x && pole.x <= upper.x && pole.y >= lower.y && pole.y <= upper.y
    }

    private static func box(from least: SIMD2<Double>, to greatest: SIMD2<Double>, spansAll: Bool) -> BoundingBox {
        let south = max(least.y, -90)
        let north = min(greatest.y, 90)
        guard !spansAll, greatest.x - least.x < 360 else {
            return BoundingBox(uncheckedWest: -180, south: south, east: 180, north: north)
        }
        return BoundingBox(
            uncheckedWest: least.x.remainder(dividingBy: 360), south: south,
            east: greatest.x.remainder(dividingBy: 360), north: north)
    }
}
