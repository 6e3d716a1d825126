import Foundation
import HTTPTypes
import MapFormats
import MapGeometry
import NIOCore

/// Somebody who wants to know where a contribution was truly given, and asks what everybody may ask: what flips as a
/// disk or a box moves over it, what comes first, what distance is said.
///
/// Sources: Polakis et al., "Where's Wally?", CCS 2015; Dhondt et al., USENIX Security 2024.
struct OracleAttack {
    let world: World
    let layer: String
    /// Whose place is wanted.
    let target: String
    /// Where it shows: the middle of what everybody sees.
    let plane: GroundPlane
    /// Directions from which a disk is moved over it.
    let bearings: Int
    /// Halvings of each search.
    let steps: Int

    enum Method: CaseIterable {
        case disk, box, order, distance
    }

    func estimate(_ method: Method) async throws -> GroundPlane.Spot {
        switch method {
        case .disk: try await byDisk()
        case .box: try await byBox()
        case .order: try await byOrder()
        case .distance: try await byDistance()
        }
    }

    private static let middle = GroundPlane.Spot(east: 0, north: 0)

    /// A disk of 2 km comes from each side until the target is in it.
    private func byDisk() async throws -> GroundPlane.Spot {
        let radius = 2_000.0
        var spots: [GroundPlane.Spot] = []
        for number in 0..<bearings {
            let far = Self.middle.moved(2 * .pi * Double(number) / Double(bearings), 4_500)
            spots.append(
                try await flip(from: far, to: Self.middle) {
                    try await shows("\(near($0))&radius=\(radius)")
                })
        }
        return spots.trilaterated(spots.map { _ in radius }, from: Self.middle)
    }

    /// Each edge of a box is drawn in until the target falls out.
    private func byBox() async throws -> GroundPlane.Spot {
        let reach = 3_000.0
        func edge(_ end: GroundPlane.Spot, _ corners: (GroundPlane.Spot) -> [GroundPlane.Spot]) async throws
            -> GroundPlane.Spot
        {
            let start = GroundPlane.Spot(east: -end.east, north: -end.north)
            return try await flip(from: start, to: end) { try await shows(box(corners($0))) }
        }
        let (low, high) = (GroundPlane.Spot(east: -reach, north: -reach), GroundPlane.Spot(east: reach, north: reach))
        let west = try await edge(.init(east: reach, north: 0)) { [low, .init(east: $0.east, north: reach)] }
        let east = try await edge(.init(east: -reach, north: 0)) { [.init(east: $0.east, north: -reach), high] }
        let south = try await edge(.init(east: 0, north: reach)) { [low, .init(east: reach, north: $0.north)] }
        let north = try await edge(.init(east: 0, north: -reach)) { [.init(east: -reach, north: $0.north), high] }
        return .init(east: (west.east + east.east) / 2, north: (south.north + north.north) / 2)
    }

    /// Points of the attacker's own around it; where do they come first, and where does the target?
    private func byOrder() async throws -> GroundPlane.Spot {
        var (spots, metres): ([GroundPlane.Spot], [Double]) = ([], [])
        for number in 0..<max(3, bearings / 2) {
            let decoy = Self.middle.moved(2 * .pi * (Double(number) + 0.3) / Double(max(3, bearings / 2)), 3_000)
            let name = try await give(at: decoy)
            let far = Self.middle.moved(2 * .pi * Double(number) / Double(max(3, bearings / 2)), 2_600)
            let spot = try await flip(from: decoy, to: far.towards(Self.middle, 0.6)) {
                try await isFirst("\(near($0))&limit=40", before: name)
            }
            spots.append(spot)
            metres.append(spot.distance(to: decoy))
            try await withdraw(name)
        }
        return spots.trilaterated(metres, from: Self.middle)
    }

    /// What the service itself says of the distance, from all around.
    private func byDistance() async throws -> GroundPlane.Spot {
        var (spots, metres): ([GroundPlane.Spot], [Double]) = ([], [])
        for number in 0..<(bearings * 2) {
            let spot = Self.middle.moved(Double(number) * 2.399_963, 900 + 150 * Double(number % 7))
            guard let said = try await distance(near(spot)) else { continue }
            spots.append(spot)
            metres.append(said)
        }
        return spots.trilaterated(metres, from: Self.middle)
    }

    /// Where an answer changes on the way from where it is no to where it is yes.
    private func flip(
        from start: GroundPlane.Spot, to end: GroundPlane.Spot, _ holds: (GroundPlane.Spot) async throws -> Bool
    ) async throws -> GroundPlane.Spot {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<steps {
            let middle = (low + high) / 2
            if try await holds(start.towards(end, middle)) { high = middle } else { low = middle }
        }
        return start.towards(end, (low + high) / 2)
    }
}

// What is asked and what is given.
extension OracleAttack {
    private var items: String { "/collections/\(layer)/items" }

    private func near(_ spot: GroundPlane.Spot) -> String {
        let place = plane.place(spot)
        return "near=\(place.longitude),\(place.latitude)"
    }

    private func box(_ corners: [GroundPlane.Spot]) -> String {
        let places = corners.map(plane.place)
        return "bbox=" + places.flatMap { ["\($0.longitude)", "\($0.latitude)"] }.joined(separator: ",")
    }

    private func ask(_ query: String) async throws -> [UInt8] {
        Array(buffer: try await world.send(.get, "\(items)?\(query)").body)
    }

    private func shows(_ query: String) async throws -> Bool {
        try await ask(query).firstPlace(of: Array(target.utf8)) != nil
    }

    private func isFirst(_ query: String, before other: String) async throws -> Bool {
        let answer = try await ask(query)
        guard let own = answer.firstPlace(of: Array(target.utf8)) else { return false }
        return answer.firstPlace(of: Array(other.utf8)).map { own < $0 } ?? true
    }

    private func distance(_ query: String) async throws -> Double? {
        let features = try JSONParser.parse(try await ask("\(query)&limit=40"))["features"]
        guard case .array(let features)? = features else { return nil }
        let own = features.first { $0["id"]?.text == target }
        return switch own?["distance"] {
        case .number(let metres)?: metres
        case .integer(let metres)?: Double(metres)
        default: nil
        }
    }

    private func give(at spot: GroundPlane.Spot) async throws -> String {
        try await world.give(at: plane.place(spot).rounded(decimals: 7), "exact", to: layer)
    }

    private func withdraw(_ name: String) async throws {
        try await world.require(
            .post, "/moderation/items/\(name)/decision", ["decision": "hide", "reasons": "leurre"], bearer: world.token)
    }
}

extension World {
    /// Gives something without much to say to a layer that is reviewed after; returns its id.
    func give(at place: Coordinate, _ precision: String, to layer: String, title: String = "Ici") async throws -> String
    {
        let answer = try await require(
            .post, "/collections/\(layer)/items",
            [
                "type": "Feature",
                "geometry": ["type": "Point", "coordinates": [.number(place.longitude), .number(place.latitude)]],
                "properties": ["title": .string(title), "precision": .string(precision), "consent": true],
            ])
        return answer["id"]?.text ?? ""
    }
}
