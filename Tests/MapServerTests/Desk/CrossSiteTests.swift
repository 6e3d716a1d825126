import Contributions
import HTTPTypes
import HummingbirdTesting
import MapFormats
import TestSupport
import Testing

@testable import MapServer

/// What another site's page can do with the session of who visits it: nothing (SR15).
@Suite struct CrossSiteTests {
    /// What a browser, an old one, or somebody who tries, could send along with the cookie.
    private static let foreign: [HTTPFields] = [
        [RouteRequest.fetchSite: "cross-site", .contentType: "application/json"],
        [RouteRequest.fetchSite: "cross-site", .contentType: "application/json", .origin: "https://evil.example"],
        [RouteRequest.fetchSite: "same-site", .contentType: "application/json"],
        [RouteRequest.fetchSite: "none", .contentType: "application/json"],
        [.contentType: "application/json", .origin: "https://evil.example"],
        [.contentType: "application/json", .origin: "null"],
        [.contentType: "application/json"],
        [RouteRequest.fetchSite: "cross-site", .contentType: "text/plain"],
    ]

    /// All that stands in the store but what a clock writes.
    private static func state(_ fabrique: Fabrique) throws -> [String] {
        let tables = try fabrique.temporary.texts(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('access_token','contribution','decision','embed','encounter','encounter_code','inquiry','invitation','journal','layer','partner','partner_origin','proposal','published_feature','receipt','report','clearance','clearance_refusal') ORDER BY name"
        )
        return try tables.flatMap { table in
            let columns = try fabrique.temporary.texts("SELECT name FROM pragma_table_info('\(table)')")
            let row = columns.map { "quote(\"\($0)\")" }.joined(separator: "||'|'||")
            return try fabrique.temporary.texts("SELECT '\(table):'||\(row) FROM \(table) ORDER BY 1")
        }
    }

    @Test func noRouteChangesAnythingForAnotherSitesPage() async throws {
        try await withFabrique { fabrique in
            let world = try await RightsWorld(fabrique)
            let desk = try await Desk(fabrique, token: try await Desk.token("operator", fabrique))
            var tried = 0
            for route in RouteTable.routes where route.method != .get {
                let thing = try await world.thing(RightsTable.isAboutOne(route) ? .published : nil, for: route)
                let (address, body) = (RightsTable.address(of: route, thing), RightsTable.body(of: route, thing))
                let before = try Self.state(fabrique)
                for headers in Self.foreign where Self.isAboutTheCookie(route) || Self.isFromAPage(headers) {
                    var headers = headers
                    headers[.cookie] = desk.cookie
                    let response = try await fabrique.send(route.method, address, body, headers)
                    tried += 1
                    #expect(
                        response.status.kind != .successful,
                        "\(route.method.rawValue) \(route.template) \(headers): \(response.status)")
                }
                #expect(try Self.state(fabrique) == before, "\(route.method.rawValue) \(route.template)")
            }
            #expect(tried > 150)
            #expect(try await desk.send(.get, "/session").status == .ok, "nobody else signs one out")
        }
    }

    /// The control: what is refused above is taken from our own page.
    @Test func theSameFromOurOwnPageChangesSomething() async throws {
        try await withFabrique { fabrique in
            let desk = try await Desk(fabrique, token: fabrique.curator.text)
            let before = try Self.state(fabrique)
            #expect(try await desk.send(.post, "/moderation/fabrique/pause", #"{"paused":true}"#).status == .ok)
            #expect(try Self.state(fabrique) != before)
            // A browser without the field says where it comes from by Origin.
            let host = try await fabrique.server.json("/")["links"]?.array?.first?["href"]?.text ?? ""
            let origin = host.split(separator: "/", omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
            let old: HTTPFields = [.cookie: desk.cookie, .origin: origin, .contentType: "application/json"]
            let paused = try await fabrique.send(.post, "/moderation/fabrique/pause", #"{"paused":false}"#, old)
            #expect(paused.status == .ok, "\(paused.text)")
            // A form cannot send JSON.
            let form: HTTPFields = [
                .cookie: desk.cookie, .contentType: "text/plain", RouteRequest.fetchSite: "same-origin",
            ]
            let sent = try await fabrique.send(.post, "/moderation/fabrique/pause", #"{"paused":true}"#, form)
            #expect(sent.status == .forbidden)
        }
    }

    @Test func nothingChangesOnReading() async throws {
        try await withFabrique { fabrique in
            let world = try await RightsWorld(fabrique)
            let desk = try await Desk(fabrique, token: try await Desk.token("operator", fabrique))
            for route in RouteTable.routes where route.method == .get {
                let thing = try await world.thing(RightsTable.isAboutOne(route) ? .published : nil, for: route)
                let before = try Self.state(fabrique)
                _ = try await desk.send(.get, RightsTable.address(of: route, thing))
                #expect(try Self.state(fabrique) == before, "\(route.template)")
            }
        }
    }

    /// What anybody may do without the cookie, a program may do with it: it adds nothing.
    private static func isAboutTheCookie(_ route: Route) -> Bool {
        route.operation?.needsBearer == true
    }

    private static func isFromAPage(_ headers: HTTPFields) -> Bool {
        ["cross-site", "same-site"].contains(headers[RouteRequest.fetchSite]) || headers[.origin] != nil
    }
}
