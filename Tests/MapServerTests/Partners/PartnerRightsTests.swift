import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// Who may arrange partners and answer for them, from where their pages write, and what is no contract.
@Suite struct PartnerRightsTests {
    private static let own = "https://lieu.example"
    private var configuration: MapServerConfiguration { MapServerConfiguration(port: 0, publicURL: Self.own) }

    @Test("Only the exact origins of a partner contribute, through an embed that says so, and nowhere else")
    func originsByRoutes() async throws {
        try await withFabrique(configuration: configuration) { fabrique in
            let open = try await Theatre(fabrique, contract: #","contribute":true"#)
            let closed = try await Theatre(fabrique)
            let through = "\(Fabrique.items)?embed=\(open.key)"
            let strangers = [
                "https://theatre.example.evil.org", "https://theatre.example:8443", "https://theatre.example.", "null",
                "http://theatre.example", "https://www.theatre.example", "https://theatre.example/",
                "https://evil.example",
            ]
            for origin in [Theatre.origin] + strangers + [Self.own] {
                for route in RouteTable.routes where route.method != .get {
                    let values = [
                        "layer": "fabrique", "key": open.key, "partner": open.partner, "code": "0123-4567-89AB",
                    ]
                    let address = route.captureNames.reduce(route.template) { address, name in
                        address.replacing("{\(name)}", with: values[name] ?? Sample.identifier(7).description)
                    }
                    for query in ["", "?embed=\(open.key)", "?embed=\(closed.key)"] {
                        let isMeant =
                            origin == Theatre.origin && route.template == "/collections/{layer}/items"
                            && query.hasSuffix(open.key)
                        let response = try await fabrique.send(route.method, address + query, "{}", [.origin: origin])
                        let isRefused = response.code == "ForeignOrigin"
                        #expect(
                            isRefused == !(isMeant || origin == Self.own),
                            "\(origin) \(route.method) \(address)\(query)")
                        #expect(response.headers[.accessControlAllowOrigin] == (isMeant ? origin : Self.own))
                        let asked = try await fabrique.send(.options, address + query, nil, [.origin: origin])
                        let methods = asked.header("Access-Control-Allow-Methods") ?? ""
                        let mayWrite = isMeant || origin == Self.own
                        #expect(methods.contains(route.method.rawValue) == mayWrite, "\(origin) \(address)\(query)")
                        // What lies behind a secret address is nobody else's to read, either.
                        let others = route.hasSecretAddress ? Self.own : "*"
                        #expect(
                            asked.headers[.accessControlAllowOrigin] == (mayWrite ? origin : others),
                            "\(address)\(query)")
                    }
                }
                let read = try await fabrique.server.get(through, [.origin: origin])
                #expect(read.status == .ok && read.headers[.accessControlAllowOrigin] == "*")
            }
            let given = try await fabrique.send(.post, through, Fabrique.body(), [.origin: Theatre.origin])
            #expect(given.status == .created, "\(given.text)")
            let refused = try await fabrique.send(.post, "\(Fabrique.items)?embed=\(closed.key)", Fabrique.body())
            #expect(refused.status == .forbidden && refused.code == "EmbedTakesNone")
            #expect(try fabrique.count() == 1)
        }
    }

    @Test("What is contributed through an embed obeys its pins")
    func pinsHoldForContributions() async throws {
        try await withFabrique { fabrique in
            let theatre = try await Theatre(
                fabrique,
                contract: #"""
                    ,"contribute":true,"kinds":["memory"],"themes":["fête"],"period":"1980/1989","region":[2.3,48.8,2.4,48.9]
                    """#)
            let address = "\(Fabrique.items)?embed=\(theatre.key)"
            let wrong = Fabrique.body(at: (2.6, 48.868), more: #","kind":"place","theme":["eau"],"when":"1950""#)
            let response = try await fabrique.send(.post, address, wrong)
            #expect(response.status.code == 422)
            #expect(
                try Set(response.pointers) == [
                    "/geometry", "/properties/kind", "/properties/theme", "/properties/when",
                ])
            let right = Fabrique.body(more: #","theme":["fête","eau"],"when":"1987""#)
            #expect(try await fabrique.send(.post, address, right).status == .created)
            #expect(try await fabrique.send(.post, address + "x", right).status == .notFound)
            #expect(try fabrique.count() == 1)
        }
    }

    @Test(
        "An origin that is none is refused where it stands",
        arguments: [
            "https://theatre.example.", "https://*.theatre.example", "https://theatre.example:99999", "null",
            "https://theatre.example/", "http://theatre.example", "theatre.example",
        ])
    func badOrigins(origin: String) async throws {
        try await withFabrique { fabrique in
            let theatre = try await Theatre(fabrique)
            let body = #"{"name":"Le Théâtre","origins":["https://ok.example","\#(origin)"]}"#
            for (method, address) in [(HTTPRequest.Method.post, "/partners"), (.put, "/partners/\(theatre.partner)")] {
                let response = try await fabrique.send(method, address, body, theatre.operator)
                #expect(response.status.code == 422)
                #expect(try response.pointers == ["/origins/1"])
            }
            #expect(try fabrique.count("partner") == 1 && fabrique.count("partner_origin") == 1)
        }
    }

    @Test(
        "A contract that cannot be is refused member by member, and nothing of it is kept",
        arguments: [
            (#""region":[170,-10,-170,10]"#, "/region"), (#""region":[1,2,3]"#, "/region"),
            (#""region":[1,9,3,2]"#, "/region"), (#""region":[1,2,1,3]"#, "/region"),
            (#""region":{"type":"Polygon","coordinates":[[[0,0],[4,4],[4,0],[0,4],[0,0]]]}"#, "/region"),
            (#""region":{"type":"Polygon","coordinates":[[[179,0],[181,0],[181,4],[179,0]]]}"#, "/region"),
            (#""region":{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4]]]}"#, "/region"),
            (#""region":{"type":"Point","coordinates":[0,0]}"#, "/region"), (#""kinds":["poem"]"#, "/kinds/0"),
            (#""themes":["a,b"]"#, "/themes/0"), (#""period":"bientôt""#, "/period"), (#""style":"none""#, "/style"),
            (#""colours":{"text":"red"}"#, "/colours/text"), (##""colours":{"border":"#000000"}"##, "/colours/border"),
            (#""language":"tlh""#, "/language"), (#""list":"maybe""#, "/list"), (#""contribute":"yes""#, "/contribute"),
            (#""secret":1"#, "/secret"), (#""title":7"#, "/title"),
        ])
    func badContracts(member: String, pointer: String) async throws {
        try await withFabrique { fabrique in
            let theatre = try await Theatre(fabrique)
            for (method, address, more) in [
                (HTTPRequest.Method.post, "/embeds", #","partner":"\#(theatre.partner)","layer":"fabrique""#),
                (.put, theatre.address, ""),
            ] {
                let response = try await fabrique.send(method, address, "{\(member)\(more)}", theatre.operator)
                #expect(response.status.code == 422, "\(response.text)")
                #expect(try response.pointers == [pointer])
            }
            #expect(try fabrique.count("embed") == 1)
        }
    }

    @Test("Each role does on partners' routes what is theirs, and finds nothing where it has no business")
    func rolesByRoutes() async throws {
        try await withFabrique { fabrique in
            try await fabrique.server.layers.create(Layer(identifier: try LayerIdentifier("autre")))
            let theatre = try await Theatre(fabrique)
            let other = try await Theatre(fabrique)
            let roles: [(name: String, bearer: HTTPFields)] = [
                ("nobody", [:]), ("operator", theatre.operator), ("partner", theatre.bearer), ("other", other.bearer),
                ("partner of none", try await Theatre.token("partner", fabrique)),
                ("curator", try await Theatre.token("curator", fabrique, layer: "fabrique")),
                ("far curator", try await Theatre.token("curator", fabrique, layer: "autre")),
            ]
            var compared = 0
            for role in roles {
                for route in RouteTable.partners where route.method != .delete {
                    let address = route.template.replacing("{key}", with: theatre.key)
                        .replacing("{partner}", with: theatre.partner)
                    let response = try await fabrique.send(
                        route.method, address, route.method == .get ? nil : Self.body(of: route, theatre), role.bearer)
                    let isAllowed = Self.allowed[role.name]?.contains(route.operation?.identifier ?? "") == true
                    let isElsewhere = role.name == "far curator" && route.operation?.identifier == "addEmbed"
                    let expected = role.name == "nobody" ? 401 : isElsewhere ? 422 : isAllowed ? nil : 404
                    #expect(
                        expected.map { $0 == response.status.code } ?? (response.status.kind == .successful),
                        "\(role.name) \(route.method) \(route.template): \(response.status) \(response.text)")
                    compared += 1
                }
            }
            #expect(compared == roles.count * 13)
            let seen = try await fabrique.send(.get, "/embeds", nil, other.bearer)
            #expect(seen.text.contains(other.key) && !seen.text.contains(theatre.key))
            for role in roles where !["operator", "curator", "nobody"].contains(role.name) {
                for address in ["/partners/\(theatre.partner)", theatre.address] {
                    #expect(try await fabrique.send(.delete, address, nil, role.bearer).status == .notFound)
                }
            }
            #expect(try await fabrique.send(.get, theatre.address, nil, theatre.bearer).status == .ok)
        }
    }

    private static let mine: Set = [
        "embeds", "embed", "setStandingRule", "waitingForClearance", "cleared", "refusedClearance", "clear",
    ]
    private static let arranging: Set = [
        "embeds", "embed", "addEmbed", "changeEmbed", "waitingForClearance", "cleared", "refusedClearance",
    ]
    private static let allowed: [String: Set<String>] = [
        "operator": mine.union(arranging).union(["partners", "partner", "addPartner", "changePartner"]),
        "partner": mine, "curator": arranging.union(["partners"]), "other": ["embeds"], "partner of none": ["embeds"],
        "far curator": ["embeds", "partners"],
    ]

    private static func body(of route: Route, _ theatre: Theatre) -> String {
        switch route.operation?.identifier {
        case "addPartner", "changePartner": #"{"name":"Le Théâtre","origins":[]}"#
        case "addEmbed": #"{"partner":"\#(theatre.partner)","layer":"fabrique"}"#
        case "setStandingRule": "null"
        case "clear": #"{"clear":"all"}"#
        default: "{}"
        }
    }
}
