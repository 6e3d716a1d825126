import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import TestSupport
import Testing

@testable import MapServer

@Suite struct SessionTests {
    @Test func aTokenBecomesACookieThatNoScriptReadsAndNoOtherSiteSends() async throws {
        try await withFabrique { fabrique in
            let response = try await Desk.signIn(fabrique, token: fabrique.curator.text)
            #expect(response.status == .ok)
            let cookie = try #require(response.headers[.setCookie])
            let parts = cookie.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(parts[0].hasPrefix("__Host-lieudit=") && parts[0].utf8.count == "__Host-lieudit=".utf8.count + 26)
            #expect(Set(parts.dropFirst()) == ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"])
            #expect(!cookie.contains(fabrique.curator.text) && !response.text.contains(fabrique.curator.text))
            #expect(response.headers[.cacheControl] == "private, no-store")
        }
    }

    @Test func aSessionStandsWhereItsTokenDoesAndSaysWhoOneIs() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.contribute()
            let desk = try await Desk(fabrique, token: try await Desk.token("curator", fabrique, layer: "fabrique"))
            let session = try await desk.json("/session")
            #expect(session["role"] == "curator" && session["layer"] == "fabrique")
            #expect(session["layers"]?.array?.compactMap { $0["id"]?.text } == ["fabrique"])
            #expect(session["ends"]?.text == DateAndTime.text(seconds: Fabrique.noon + 8 * 3_600))
            #expect(try await desk.json("/moderation/fabrique/queue")["items"]?.array?.count == 1)
            let decided = try await desk.send(
                .post, "/moderation/items/\(given.identifier)/decision", #"{"decision":"publish"}"#)
            #expect(decided.status == .ok && decided.headers[.cacheControl] == "private, no-store")
            #expect(try await fabrique.server.get(given.address).status == .ok)
        }
    }

    @Test func aSessionIsNoReceipt() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.contribute()
            let desk = try await Desk(fabrique, token: fabrique.curator.text)
            #expect(try await desk.send(.get, "\(given.address)/mine").status == .unauthorized)
            #expect(try await desk.send(.delete, given.address).status == .unauthorized)
            #expect(try await desk.send(.get, given.address).status == .notFound)
        }
    }

    @Test func whatASessionReadsIsKeptNowhereAndWhatIsPublicStaysPublic() async throws {
        try await withFabrique { fabrique in
            let desk = try await Desk(fabrique, token: fabrique.curator.text)
            for address in ["/session", "/moderation/fabrique/queue", "/moderation/reports", "/tokens", "/embeds"] {
                let response = try await desk.send(.get, address)
                #expect(response.status == .ok && response.headers[.cacheControl] == "private, no-store", "\(address)")
                #expect(response.headers[.vary]?.contains("Cookie") == true)
                #expect(response.headers[.accessControlAllowOrigin] != "*")
            }
            let plain = try await fabrique.server.get(Fabrique.items)
            let signedIn = try await desk.send(.get, Fabrique.items)
            #expect(plain.headers[.eTag] == signedIn.headers[.eTag])
            #expect(plain.headers[.cacheControl] == signedIn.headers[.cacheControl])
        }
    }

    @Test func leavingEndsItAndClearsTheCookie() async throws {
        try await withFabrique { fabrique in
            let desk = try await Desk(fabrique, token: fabrique.curator.text)
            let left = try await desk.send(.delete, "/session")
            #expect(left.status == .noContent)
            #expect(left.headers[.setCookie]?.hasPrefix("__Host-lieudit=; ") == true)
            #expect(left.headers[.setCookie]?.hasSuffix("Max-Age=0") == true)
            #expect(try await desk.send(.get, "/session").status == .unauthorized)
            #expect(try await desk.send(.delete, "/session").status == .unauthorized)
        }
    }

    @Test func aSessionEndsWhenItIsLeftAloneOrTheDayIsOver() async throws {
        try await withFabrique { fabrique in
            let desk = try await Desk(fabrique, token: fabrique.curator.text)
            fabrique.clock.advance(Sessions.idle - 1)
            #expect(try await desk.send(.get, "/session").status == .ok)
            fabrique.clock.advance(Sessions.idle - 1)
            #expect(try await desk.send(.get, "/session").status == .ok, "asking counts as use")
            fabrique.clock.advance(Sessions.idle)
            #expect(try await desk.send(.get, "/session").status == .unauthorized)

            let busy = try await Desk(fabrique, token: fabrique.curator.text)
            for _ in 0..<15 {
                fabrique.clock.advance(Sessions.longest / 16)
                #expect(try await busy.send(.get, "/session").status == .ok)
            }
            fabrique.clock.advance(Sessions.longest / 16)
            #expect(try await busy.send(.get, "/session").status == .unauthorized)
        }
    }

    @Test func revokingTheTokenEndsItsSessionsAtOnce() async throws {
        try await withFabrique { fabrique in
            let desk = try await Desk(fabrique, token: try await Desk.token("operator", fabrique))
            let (id, token) = try await desk.invite(#"{"role":"curator","layer":"fabrique"}"#)
            let invited = try await Desk(fabrique, token: token)
            #expect(try await invited.send(.get, "/moderation/fabrique/queue").status == .ok)
            // Behind the server's back, as the command does.
            try await fabrique.temporary.store.revokeToken(id, at: Fabrique.noon)
            #expect(try await invited.send(.get, "/moderation/fabrique/queue").status == .unauthorized)
            #expect(try await invited.send(.get, "/session").status == .unauthorized)
            #expect(try await Desk.signIn(fabrique, token: token).status == .unauthorized)
        }
    }

    @Test func anExpiredTokenStopsAtItsTimeAndSoDoItsSessions() async throws {
        try await withFabrique { fabrique in
            let token = try await Desk.token("curator", fabrique, layer: "fabrique", expires: Fabrique.noon + 600)
            let desk = try await Desk(fabrique, token: token)
            fabrique.clock.advance(599)
            #expect(try await desk.send(.get, "/moderation/fabrique/queue").status == .ok)
            fabrique.clock.advance(1)
            #expect(try await desk.send(.get, "/moderation/fabrique/queue").status == .unauthorized)
            #expect(try await Desk.signIn(fabrique, token: token).status == .unauthorized)
            let bearer: HTTPFields = [.authorization: "Bearer \(token)"]
            #expect(try await fabrique.send(.get, "/moderation/fabrique/queue", nil, bearer).status == .unauthorized)
        }
    }

    @Test func whoTriesTokensIsStoppedAndRightOnesCostNothing() async throws {
        try await withFabrique { fabrique in
            for _ in 0..<20 {
                #expect(try await Desk.signIn(fabrique, token: fabrique.curator.text).status == .ok)
            }
            for _ in 0..<10 {
                #expect(try await Desk.signIn(fabrique, token: "0123456789abcdefghjkmnpqrs").status == .unauthorized)
            }
            let stopped = try await Desk.signIn(fabrique, token: fabrique.curator.text)
            #expect(stopped.status == .tooManyRequests && stopped.headers[.retryAfter] != nil)
        }
    }

    @Test func aTokenHasAtMostTwentySessions() throws {
        let sessions = Sessions()
        let token = Sample.identifier(1)
        let opened = (0..<25).map { sessions.begin(token, at: Date(timeIntervalSince1970: Double($0))) }
        let open = opened.filter { sessions.session($0.secret, at: Date(timeIntervalSince1970: 30)) != nil }
        #expect(open.count == 20 && open.first?.secret == opened[5].secret)
    }

    @Test(.server(try Sample.row(60))) func noPublicPageSetsACookieOrNeedsOne() async throws {
        let server = try Server.shared
        for page in try await EveryRoute.addresses(on: server) {
            let response = try await server.get(page.address)
            #expect(response.headers[.setCookie] == nil, "\(page.address)")
            #expect(response.status == .ok, "\(page.address)")
        }
    }
}
