import Contributions
import HTTPTypes
import MapFormats
import MapGeometry
import NIOCore

/// Many contributions at one place, and what their average tells.
struct AveragingProof {
    let precision: Precision
    let gifts: Int
    let reads: Int

    struct Outcome {
        /// Different outlines among all that shows.
        let outlines: Int
        /// Different answers to one question asked again.
        let answers: Int
        /// Metres from the average of so many to the true place: of the first alone, and of all.
        let errors: (one: Double, all: Double)
    }

    func outcome() async throws -> Outcome {
        let result = Kept<Outcome>()
        let truth = Coordinate(clampingLongitude: 2.379_123_7, latitude: 48.868_345_6)
        try await World.with(layers: [World.layer("quartier", review: .after)]) { world in
            for number in 0..<gifts {
                world.chance.begin(UInt64(number) << 8)
                _ = try await world.give(at: truth, precision.rawValue, to: "quartier", title: "Ici \(number)")
            }
            let address = "/collections/quartier/items?limit=10000&sortby=title"
            var answers: Set<[UInt8]> = []
            for _ in 0..<reads {
                answers.insert(Array(buffer: try await world.send(.get, address).body))
            }
            let features = try await world.require(.get, address)["features"]
            guard case .array(let features)? = features else { return }
            let outlines = features.compactMap { $0["geometry"] }.compactMap { try? GeoJSONReader.geometry(from: $0) }
            let plane = GroundPlane(origin: truth)
            let middles = outlines.compactMap(\.boundingBox?.centre).map(plane.spot)
            result.value = Outcome(
                outlines: Set(outlines).count, answers: answers.count,
                errors: (middles.prefix(1).miss(), middles[...].miss()))
        }
        return try result.require()
    }
}

extension ArraySlice<GroundPlane.Spot> {
    /// Metres from the average to the origin.
    fileprivate func miss() -> Double {
        let count = Double(Swift.max(count, 1))
        let average = GroundPlane.Spot(
            east: reduce(0) { $0 + $1.east } / count, north: reduce(0) { $0 + $1.north } / count)
        return average.distance(to: .init(east: 0, north: 0))
    }
}
