import Contributions
import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import MapFormats
import TestSupport
import Testing

@testable import MapServer

/// Somebody stands before a code on a wall.
@Suite struct ArrivalTests {
    private static let set = #"""
        {"hours":\#(Fabrique.wednesdays),"prompt":"Que voit-on d’ici ?",
         "reveals":{"text":"Sous la pierre","links":[{"href":"https://lieu.example/son","title":"Écouter"}]}}
        """#

    @Test func aPointThatSleepsSaysWhenItWakesAndRevealsNothing() async throws {
        try await withFabrique { fabrique in
            let wall = try await fabrique.wall(Self.set)
            for accept in ["application/json", "text/html"] {
                let asleep = try await fabrique.arrive(wall, [.accept: accept, .acceptLanguage: "fr"])
                #expect(asleep.status == .ok && asleep.text.contains("Ouvert mercredi de 14 h à 18 h"))
                #expect(asleep.text.contains("Ce point de rencontre dort") && asleep.text.contains("Que voit-on"))
                #expect(!asleep.text.contains("pierre") && !asleep.text.contains("lieu.example/son"))
            }
            let document = try await fabrique.server.json(wall.arrival)
            #expect(document["state"] == "asleep" && document["contribute"] == nil)
            let next = document["next"]?.array?.first
            #expect(next?["from"] == "2026-11-25T13:00:00Z" && next?["to"] == "2026-11-25T17:00:00Z")
            fabrique.clock.set(Fabrique.wednesday)
            for accept in ["application/json", "text/html"] {
                let alive = try await fabrique.arrive(wall, [.accept: accept, .acceptLanguage: "en"])
                #expect(alive.status == .ok && alive.text.contains("Open now, until 18:00"))
                #expect(alive.text.contains("Sous la pierre") && alive.text.contains("https://lieu.example/son"))
            }
            let alive = try await fabrique.server.json(wall.arrival)
            #expect(alive["state"] == "alive" && alive["title"] == "Le banc" && alive["text"] == "Près du canal")
            #expect(alive["contribute"]?["properties"]?["encounter"]?.text == wall.code)
            #expect(alive["contribute"]?["href"]?.text?.hasSuffix(Fabrique.items) == true)
            fabrique.clock.set(Fabrique.wednesday + 3 * 3_600)
            #expect(try await fabrique.server.json(wall.arrival)["state"] == "asleep", "the end is not inside any more")
        }
    }

    @Test(
        "what has moved, was stolen or is retired says so and reveals nothing",
        arguments: [("moved", "déplacé"), ("stolen", "disparu"), ("retired", "terminé")])
    func gone(state: String, word: String) async throws {
        try await withFabrique { fabrique in
            let wall = try await fabrique.wall(#"{"state":"\#(state)","reveals":{"text":"Sous la pierre"}}"#)
            let page = try await fabrique.arrive(wall, [.accept: "text/html"])
            #expect(page.status == .ok && page.text.contains(word) && !page.text.contains("pierre"))
            let document = try await fabrique.server.json(wall.arrival)
            #expect(document["state"]?.text == state && document["reveals"] == nil && document["contribute"] == nil)
            let refused = try await fabrique.post(from: wall.code)
            #expect(refused.status == .forbidden && refused.code == "EncounterOver")
        }
    }

    @Test func nobodyKeepsTheAnswerAndNothingIsSaidToOthers() async throws {
        try await withFabrique { fabrique in
            let wall = try await fabrique.wall(Self.set)
            for address in [wall.arrival, "/e/0000-0000-0000", "\(wall.arrival)?f=html", "/e/0000-0000-0000?f=html"] {
                let response = try await fabrique.server.get(address)
                #expect(response.headers[.cacheControl] == "private, no-store", "\(address)")
                #expect(response.header("X-Robots-Tag") == "noindex" && response.headers[.eTag] == nil)
                #expect(response.header("Referrer-Policy") == "no-referrer")
            }
            let loose = wall.code.lowercased().replacing("-", with: "%20")
            #expect(try await fabrique.server.get("/e/\(loose)?utm=1&interface=en").text.contains("Open on Wednesday"))
            #expect(try await fabrique.send(.post, wall.arrival, "{}").status == .methodNotAllowed)
        }
    }

    @Test func aPageIsShownWholeWithoutAScript() async throws {
        try await withFabrique { fabrique in
            let wall = try await fabrique.wall(
                #"{"prompt":"<b>Que</b> voit-on ?","reveals":{"text":"Un & deux","links":[{"href":"https://x.example/?a=1&b='2'"}]}}"#,
                title: "Le <banc>")
            let page = try await fabrique.arrive(wall, [.accept: "text/html", .acceptLanguage: "fr"]).text
            for piece in [
                "<html lang=\"fr\">", "<title>Le &lt;banc&gt; · Lieudit</title>", "&lt;b&gt;Que&lt;/b&gt; voit-on ?",
                "<p class=\"state\" data-state=\"alive\">Ouvert à toute heure</p>", "Un &amp; deux",
                "<a href=\"https://x.example/?a=1&amp;b=&#39;2&#39;\" rel=\"external noreferrer noopener\"",
                "Votre passage n’est pas noté", "href=\"/map/fabrique\"",
            ] { #expect(page.contains(piece), "\(piece)") }
            #expect(!page.contains("<script") && !page.contains("<b>"))
        }
    }

    @Test func aHundredArrivalsLeaveNoTrace() async throws {
        let lines = Lines()
        try await withFabrique(logger: Logger(label: "test") { _ in lines.handler }) { fabrique in
            let wall = try await fabrique.wall(Self.set)
            let (before, logged) = (try Self.bytes(of: fabrique), lines.text)
            for _ in 0..<100 { #expect(try await fabrique.arrive(wall).status == .ok) }
            #expect(try Self.bytes(of: fabrique) == before)
            #expect(lines.text == logged)
            // The bytes would show a trace.
            _ = try await fabrique.post()
            #expect(try Self.bytes(of: fabrique) != before)
        }
    }

    /// A hash of the store's files, made by another process.
    private static func bytes(of fabrique: Fabrique) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "cat \"$0\" \"$0\"-wal | sha256sum", fabrique.temporary.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        return String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }
}
