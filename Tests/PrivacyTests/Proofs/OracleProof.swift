import Contributions
import MapGeometry
import Projections

/// How near an attacker comes to true places, over many targets.
struct OracleProof {
    let precision: Precision
    let targets: Int
    let bearings: Int
    let steps: Int

    /// The median of how many metres each method misses.
    func medianErrors() async throws -> [OracleAttack.Method: Double] {
        let result = Kept<[OracleAttack.Method: [Double]]>()
        try await World.with(layers: [World.layer("quartier", review: .after)]) { world in
            var errors: [OracleAttack.Method: [Double]] = [:]
            for number in 0..<targets {
                world.chance.begin(UInt64(number) << 8)
                let (truth, centre) = place(number)
                let target = try await world.give(at: truth, precision.rawValue, to: "quartier")
                let attack = OracleAttack(
                    world: world, layer: "quartier", target: target, plane: GroundPlane(origin: centre),
                    bearings: bearings, steps: steps)
                for method in OracleAttack.Method.allCases {
                    let spot = try await attack.estimate(method)
                    errors[method, default: []].append(spot.distance(to: attack.plane.spot(truth)))
                }
            }
            result.value = errors
        }
        return try result.require().mapValues(\.median)
    }

    /// True places far from one another, spread over their cells as evenly as may be (the R2 sequence of M. Roberts).
    private func place(_ number: Int) -> (truth: Coordinate, centre: Coordinate) {
        let around = Coordinate(
            clampingLongitude: -1 + 0.25 * Double(number % 24), latitude: 44 + 0.2 * Double(number / 24))
        let cell = GridCell(holding: around, side: precision.finestSide ?? .metres200)
        guard case .polygon(let polygon) = cell.polygon else { return (around, around) }
        let corners = polygon.exterior.coordinates
        let (u, v) = (
            (0.5 + Double(number + 1) * 0.754_877_666_2).truncatingRemainder(dividingBy: 1),
            (0.5 + Double(number + 1) * 0.569_840_290_9).truncatingRemainder(dividingBy: 1)
        )
        let truth = Coordinate(
            clampingLongitude: mixed(corners.map(\.longitude), u, v), latitude: mixed(corners.map(\.latitude), u, v))
        return (truth.rounded(decimals: 7), cell.centre)
    }

    private func mixed(_ corners: [Double], _ u: Double, _ v: Double) -> Double {
        (corners[0] * (1 - u) + corners[1] * u) * (1 - v) + (corners[3] * (1 - u) + corners[2] * u) * v
    }
}

extension [Double] {
    var median: Double {
        let sorted = sorted()
        return sorted.isEmpty ? .nan : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
