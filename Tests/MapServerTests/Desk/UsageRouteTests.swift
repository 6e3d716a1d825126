import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import Testing

@testable import MapServer

@Suite struct UsageRouteTests {
    @Test("who looks after a layer sees how often it was looked at, rounded, and nothing of others")
    func totalsAreTold() async throws {
        try await withFabrique { fabrique in
            let (here, there) = (try LayerIdentifier("fabrique"), try LayerIdentifier("ailleurs"))
            try await fabrique.server.layers.create(Layer(identifier: there))
            try await fabrique.server.layers.store.write { transaction in
                let counts = [UsedPage(layer: here, embed: nil): 12, UsedPage(layer: there, embed: nil): 40]
                try transaction.count(counts, on: "2026-11-21")
                try transaction.count([UsedPage(layer: here, embed: nil): 3], on: "2026-11-22")
                try transaction.count([UsedPage(layer: here, embed: nil): 99], on: "2026-09-01")
            }
            let desk = try await Desk(fabrique, token: try await Desk.token("curator", fabrique, layer: "fabrique"))
            let told = try await desk.json("/moderation/usage")["days"]?.array ?? []
            #expect(told.map { $0["day"] } == ["2026-11-22", "2026-11-21"])
            #expect(told.map { $0["count"] } == [.null, 10])
            #expect(told.allSatisfy { $0["layer"] == "fabrique" && $0["partner"] == .null })
            #expect(try await desk.json("/moderation/usage?days=1")["days"]?.array?.count == 1)
            #expect(try await desk.json("/moderation/usage?days=760")["days"]?.array?.count == 3)
            for wrong in ["0", "761", "-1", "x", ""] {
                #expect(try await desk.send(.get, "/moderation/usage?days=\(wrong)").status == .badRequest, "\(wrong)")
            }
            let everything = try await Desk(fabrique, token: try await Desk.token("operator", fabrique))
            #expect(try await everything.json("/moderation/usage")["days"]?.array?.count == 3)
            #expect(try await fabrique.server.get("/moderation/usage").status == .unauthorized)
        }
    }
}
