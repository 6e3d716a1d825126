import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// Who may do what, tried whole (SR17): every visitor at every route, about everything however it stands.
@Suite struct RightsMatrixTests {
    /// One question of the matrix and its answer.
    private struct Cell {
        let route: Route
        let visitor: Visitor
        let standing: Standing?
        let isLetIn: Bool
        let response: TestResponse

        var isAnswered: Bool { response.status.kind == .successful }
        var name: String {
            "\(visitor.rawValue) \(route.method.rawValue) \(route.template) \(standing?.rawValue ?? "")"
        }
    }

    @Test func nobodyIsLetInWhoMayNotAndNobodyRefusedWhoMay() async throws {
        // Nothing is printed without a public address.
        var printable = MapServerConfiguration(port: 0, publicURL: "https://lieu.example")
        // Only who is let in to it counts here; what it does is proved from outside.
        printable.importer = { _ in ImportOutcome(count: 0, skipped: 0, told: [], isRefused: false) }
        try await withFabrique(configuration: printable) { fabrique in
            let world = try await RightsWorld(fabrique)
            var (count, letIn, surprises) = (0, 0, 0)
            for route in RouteTable.routes where !route.isPublicReading || RightsTable.isAboutOne(route) {
                guard let rule = RightsTable.rule(of: route) else {
                    Issue.record("say in RightsTable who may \(route.method.rawValue) \(route.template)")
                    continue
                }
                for standing in Self.standings(of: route) {
                    for cell in try await Self.cells(route, standing, rule, in: world) {
                        count += 1
                        letIn += cell.isAnswered ? 1 : 0
                        surprises += cell.isAnswered == cell.isLetIn ? 0 : 1
                        #expect(cell.isAnswered == cell.isLetIn, "\(cell.name): \(cell.response.text)")
                        #expect(cell.response.status.kind != .serverError, "\(cell.name): \(cell.response.text)")
                        Self.expectNoMore(cell)
                    }
                    // Codes that open nothing are counted, and here they are asked for on purpose.
                    fabrique.clock.advance(7_200)
                }
            }
            print("rights: \(count) cells, \(letIn) let in, \(surprises) surprises")
            #expect(count > 2_000 && letIn > 300)
        }
    }

    /// What everybody reads is the same for everybody, whatever they hold, and names nothing that is not public.
    @Test func nobodyReadsMoreOfWhatIsPublicForWhoTheyAre() async throws {
        try await withFabrique { fabrique in
            let world = try await RightsWorld(fabrique)
            let route = try #require(RouteTable.routes.first)
            let thing = try await world.thing(.published, for: route)
            for standing in Standing.allCases where standing != .published {
                _ = try await world.thing(standing, for: route)
            }
            let embed = try await fabrique.server.embedAddress("fabrique", try #require(thing.captures["key"]))
            // A cluster is named by what it holds.
            for route in RouteTable.routes
            where route.isPublicReading && !RightsTable.isAboutOne(route) && !route.captureNames.contains("cluster")
                // It says whether there is a cookie, so that no session is asked for in vain.
                && route.template != "/desk"
            {
                let query = route.template == "/oembed" ? "?url=\(embed)" : ""
                let address = RightsTable.address(of: route, thing) + query
                let plain = try await fabrique.server.get(address)
                #expect(plain.status == .ok, "\(address)")
                for visitor in Visitor.allCases {
                    guard let headers = try await world.headers(visitor, for: thing) else { continue }
                    let response = try await fabrique.server.get(address, headers)
                    #expect(response.text == plain.text, "\(visitor) \(address)")
                }
                let extra = RightsTable.properties(in: plain).subtracting(RightsTable.publicProperties)
                #expect(extra.isEmpty, "\(address): \(extra)")
            }
        }
    }

    @Test func aLeakOfOnePropertyWouldBeSeen() throws {
        let leaky = #"{"type":"Feature","id":"a","geometry":null,"properties":{"title":"x","revision":2}}"#
        let found = RightsTable.properties(in: try JSONParser.parse(Array(leaky.utf8)))
        #expect(found.subtracting(RightsTable.publicProperties) == ["revision"])
    }

    private static func standings(of route: Route) -> [Standing?] {
        RightsTable.isAboutOne(route) ? Standing.allCases : [nil]
    }

    private static func cells(
        _ route: Route, _ standing: Standing?, _ rule: RightsTable.Rule, in world: RightsWorld
    ) async throws -> [Cell] {
        var cells: [Cell] = []
        var thing = try await world.thing(standing, for: route)
        for visitor in Visitor.allCases {
            // What changes something finds it as it was meant to stand.
            if route.method != .get, visitor != .nobody { thing = try await world.thing(standing, for: route) }
            guard let headers = try await world.headers(visitor, for: thing) else { continue }
            let response = try await world.fabrique.send(
                route.method, RightsTable.address(of: route, thing), RightsTable.body(of: route, thing), headers)
            cells.append(
                Cell(
                    route: route, visitor: visitor, standing: standing, isLetIn: rule(visitor, standing),
                    response: response))
        }
        return cells
    }

    /// No property beside those that this visitor may see there.
    private static func expectNoMore(_ cell: Cell) {
        guard cell.isAnswered else { return }
        let extra = RightsTable.properties(in: cell.response)
            .subtracting(RightsTable.properties(for: cell.visitor, at: cell.route))
        #expect(extra.isEmpty, "\(cell.name): \(extra)")
    }
}
