import Contributions
import Curation
import HTTPTypes
import TestSupport

@testable import MapServer

/// The same questions in twin worlds, timed by turns.
struct TimingProof {
    let story: Story
    let twin: Story
    /// Times that each question is asked in each world.
    let samples: Int

    /// How often an answer of the one world takes longer than one of the other, less how often it takes shorter: from
    /// −1 to 1, for one question of each route.
    ///
    /// Source: N. Cliff, "Dominance statistics", Psychological Bulletin 114, 1993.
    func deltas(where isMeant: @escaping @Sendable (Route) -> Bool = { _ in true }) async throws -> [String: Double] {
        let result = Kept<[String: Double]>()
        let (story, twin, samples) = (story, twin, samples)
        try await World.with { first in
            var teller = Storyteller(story, in: first)
            try await teller.tellBeginning()
            try await teller.tellEnd()
            try await first.layers.forgetRemoved()
            let layers = first.layers.all.map(\.identifier.text)
            let curiosity = Curiosity(story, teller.known, layers: layers)
            try await World.with { second in
                var teller = Storyteller(twin, in: second)
                try await teller.tellBeginning()
                try await teller.tellEnd()
                try await second.layers.forgetRemoved()
                var deltas: [String: Double] = [:]
                for route in RouteTable.routes where route.isPublicReading && isMeant(route) {
                    guard let address = curiosity.tellingAddress(of: route) else { continue }
                    deltas[address] = try await Self.delta(first, second, address, samples: samples)
                }
                result.value = deltas
            }
        }
        return try result.require()
    }

    /// Which world is asked first changes at random, so that what comes and goes on the machine falls on both alike.
    private static func delta(
        _ first: World, _ second: World, _ address: String, samples: Int
    ) async throws -> Double {
        var random = SeededGenerator(seed: 12)
        var times: [[Duration]] = [[], []]
        for _ in 0..<(samples + 20) {
            let start = random.number(2)
            for world in [start, 1 - start] {
                let asked = world == 0 ? first : second
                let time = try await ContinuousClock().measure {
                    _ = try await asked.client.execute(uri: address, method: .get)
                }
                times[world].append(time)
            }
        }
        // The first answers fill the caches.
        return times[0].dropFirst(20).dominance(over: times[1].dropFirst(20))
    }
}

extension Curiosity {
    /// One question whose answer would tell most.
    fileprivate func tellingAddress(of route: Route) -> String? {
        let all = addresses(of: route) ?? []
        switch route.template {
        case "/collections/{layer}/items/{id}": return all.first { $0.hasPrefix("/collections/memoires/") }
        case "/collections/{layer}/items":
            return all.first { $0.contains("memoires") && $0.contains("bbox=") }
        default: return all.first { $0.contains("memoires") } ?? all.first
        }
    }
}

extension PublishedLayers {
    /// As after the upkeep that follows a withdrawal.
    fileprivate func forgetRemoved() async throws {
        try await Participation(layers: self, localTime: .paris).scrub()
    }
}

extension ArraySlice<Duration> {
    fileprivate func dominance(over other: ArraySlice<Duration>) -> Double {
        let sorted = other.sorted()
        var (more, less) = (0, 0)
        for value in self {
            more += sorted.firstIndex(notBelow: value)
            less += sorted.count - sorted.firstIndex(above: value)
        }
        return Double(more - less) / Double(Swift.max(count * sorted.count, 1))
    }
}

extension [Duration] {
    fileprivate func firstIndex(notBelow value: Duration) -> Int { firstIndex { $0 >= value } }

    fileprivate func firstIndex(above value: Duration) -> Int { firstIndex { $0 > value } }

    /// By halving; what holds for one holds for all behind it.
    private func firstIndex(_ holds: (Duration) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
