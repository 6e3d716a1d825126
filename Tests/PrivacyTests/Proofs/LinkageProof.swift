import Contributions
import HTTPTypes
import MapFormats
import MapGeometry
import TestSupport

/// Many authors with some contributions each, and what of the public fields goes with who gave or when.
struct LinkageProof {
    let authors: Int
    let each: Int
    let seed: UInt64

    /// How strongly each field goes with the author or with the order of giving, from 0 to 1; the greater of the two.
    func correlations() async throws -> [String: Double] {
        let result = Kept<[String: Double]>()
        try await World.with(layers: [World.layer("quartier", review: .after)]) { world in
            var random = SeededGenerator(seed: seed)
            var givers: [String: (order: Double, author: Double)] = [:]
            let turns = (0..<authors * each).map { $0 % authors }.shuffled(using: &random)
            for (order, author) in turns.enumerated() {
                world.clock.now += Int64(random.number(120))
                world.chance.begin(random.next())
                let place = Coordinate(
                    clampingLongitude: 2.3 + random.unit() * 0.1, latitude: 48.8 + random.unit() * 0.1)
                let level = ["about", "wide", "exact"][random.number(3)]
                let name = try await world.give(
                    at: place.rounded(decimals: 7), level, to: "quartier", title: "Ici \(random.number(1_000_000))")
                givers[name] = (Double(order), Double(author))
            }
            result.value = try await fields(of: world).mapValues { values in
                let known = values.compactMap { value in givers[value.id].map { (value.value, $0) } }
                let ranks = known.map(\.0).ranks
                return max(
                    abs(ranks.correlation(with: known.map(\.1.order).numberRanks)),
                    abs(ranks.correlation(with: known.map(\.1.author).numberRanks)))
            }
        }
        return try result.require()
    }

    private typealias Field = [(id: String, value: String)]

    /// Every public field of every contribution, and its place in each list that there is; as texts that sort.
    private func fields(of world: World) async throws -> [String: Field] {
        var fields: [String: Field] = [:]
        for list in ["limit=10000", "limit=10000&sortby=id", "limit=10000&q=ici", "limit=10000&near=2.35,48.85"] {
            let features = try await world.require(.get, "/collections/quartier/items?\(list)")["features"]
            guard case .array(let features)? = features else { continue }
            for (place, feature) in features.enumerated() {
                guard let id = feature["id"]?.text, case .object(let properties)? = feature["properties"] else {
                    continue
                }
                fields["place in \(list)", default: []].append((id, String(place + 1_000_000)))
                fields["id", default: []].append((id, id))
                for member in properties.members {
                    var bytes: [UInt8] = []
                    JSONWriter.append(member.value, to: &bytes)
                    fields[member.name, default: []].append((id, String(decoding: bytes, as: UTF8.self)))
                }
            }
        }
        return fields
    }
}

extension [String] {
    /// From 0, equal ones alike.
    fileprivate var ranks: [Double] {
        let ranks = Dictionary(uniqueKeysWithValues: Set(self).sorted().enumerated().map { ($1, Double($0)) })
        return map { ranks[$0] ?? 0 }
    }
}

extension [Double] {
    fileprivate var numberRanks: [Double] {
        let ranks = Dictionary(uniqueKeysWithValues: Set(self).sorted().enumerated().map { ($1, Double($0)) })
        return map { ranks[$0] ?? 0 }
    }

    /// Pearson's, which of ranks is Spearman's; 0 where one of them never changes.
    fileprivate func correlation(with other: [Double]) -> Double {
        let count = Double(count)
        guard count > 1 else { return 0 }
        let (mean, otherMean) = (reduce(0, +) / count, other.reduce(0, +) / count)
        let products = zip(self, other).map { ($0 - mean) * ($1 - otherMean) }.reduce(0, +)
        let spreads =
            map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
            * other.map { ($0 - otherMean) * ($0 - otherMean) }.reduce(0, +)
        return spreads > 0 ? products / spreads.squareRoot() : 0
    }
}
