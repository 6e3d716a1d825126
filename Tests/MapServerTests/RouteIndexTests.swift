import HTTPTypes
import TestSupport
import Testing

@testable import MapServer

@Suite struct RouteIndexTests {
    private static let routes = RouteTable.routes + RouteTable.constantBodies
    private static let words = routes.flatMap { $0.template.split(separator: "/").map(String.init) }
    private static let others = ["", "a", "villes", "12", ".mvt", "3.mvt", "3.geojson", "villes.json", "é", "{layer}"]

    @Test("The index finds what comparing every route finds, at any address", arguments: [1, 2] as [UInt64])
    func asComparingAll(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let index = RouteIndex(Self.routes)
        var found = 0
        for _ in 0..<20_000 {
            let path = address(&generator)
            for method in [HTTPRequest.Method.get, .post, .put, .delete] {
                let expected = Self.routes.first { $0.method == method && $0.matches(path) }
                let route = index.route(for: path, method)?.0
                #expect(route?.template == expected?.template, "seed \(seed): \(method) \(path)")
                if route != nil { found += 1 }
            }
            #expect(index.methods(of: path) == Self.routes.filter { $0.matches(path) }.map(\.method))
        }
        #expect(found > 1_000, "seed \(seed)")
    }

    /// The segments of some route, one or two of them replaced; captures always.
    private func address(_ generator: inout SeededGenerator) -> [String] {
        let template = Self.routes.randomElement(using: &generator)?.template ?? "/"
        return template.split(separator: "/").compactMap { segment in
            let other = (Bool.random(using: &generator) ? Self.others : Self.words).randomElement(using: &generator)
            if segment.hasPrefix("{") {
                return (other ?? "") + (segment.split(separator: "}").dropFirst().first.map(String.init) ?? "")
            }
            return Int.random(in: 0..<8, using: &generator) == 0 ? other : String(segment)
        }
    }

    @Test func everyAddressBeginsWithAWord() {
        #expect(Self.routes.allSatisfy { !$0.template.hasPrefix("/{") })
    }

    @Test func capturesAreWhatStandsBetweenTheirNeighbours() throws {
        let path = ["xyz", "villes", "3", "4", "5.mvt"]
        let (route, captures) = try #require(RouteIndex(Self.routes).route(for: path, .get))
        #expect(route.template == "/xyz/{layer}/{z}/{x}/{y}.mvt")
        #expect(["layer", "z", "x", "y", "id"].map { captures[$0] } == ["villes", "3", "4", "5", nil])
    }
}
