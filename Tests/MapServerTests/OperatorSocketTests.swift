import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import NIOCore
import NIOPosix
import SpatialDatabase
import Testing

@testable import MapServer

/// The door for commands that write beside a running server.
@Suite struct OperatorSocketTests {
    private func client(_ server: Server) throws -> OperatorClient {
        try #require(OperatorClient(store: server.layers.store.path))
    }

    /// The socket stands a moment after the server answers.
    private func waitForSocket(_ server: Server) async throws {
        for _ in 0..<200 where OperatorClient(store: server.layers.store.path) == nil {
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test func whatACommandWritesShowsAtOnce() async throws {
        try await withServer { server in
            try await waitForSocket(server)
            let client = try client(server)
            let fabrique = Layer(identifier: try LayerIdentifier("fabrique"), title: "La fabrique", prompt: "Racontez")
            #expect(try await server.get("/collections/fabrique").status == .notFound)
            #expect(try await client.ask(.createLayer(LayerDescription(fabrique))) == .done(0))
            let created = try await server.json("/collections/fabrique")
            #expect(created["title"] == "La fabrique" && created["prompt"] == "Racontez")
            let staged = try ImportedFile.points(3, titled: "Ici").staged(besideStore: server.layers.store.path)
            defer { staged.remove() }
            let publish = OperatorRequest.publish(
                path: staged.path, count: staged.count, layer: LayerDescription(fabrique))
            #expect(try await client.ask(publish) == .done(3))
            #expect(try await server.features("/collections/fabrique/items").count == 3)
            #expect(try await client.ask(.deleteLayer("fabrique")) == .done(3))
            #expect(try await server.get("/collections/fabrique").status == .notFound)
            #expect(try server.layers.store.layers().map(\.identifier.text) == ["quartier"])
        }
    }

    @Test func publishingMakesTheLayerThatIsMissingAndTellsItsProgress() async throws {
        try await withServer { server in
            try await waitForSocket(server)
            let staged = try ImportedFile.points(5_000, titled: "Ici").staged(besideStore: server.layers.store.path)
            defer { staged.remove() }
            let layer = Layer(identifier: try LayerIdentifier("villes"))
            var progress: [Int] = []
            let answer = try await client(server).ask(
                .publish(path: staged.path, count: staged.count, layer: LayerDescription(layer))
            ) { progress.append($0) }
            #expect(answer == .done(5_000))
            #expect(progress.first == 5_000)
            #expect(try await server.json("/collections/villes/items?limit=1")["numberMatched"] == 5_000)
        }
    }

    @Test func theServerTellsItsSettings() async throws {
        try await withServer { server in
            try await waitForSocket(server)
            guard case .settings(let lines) = try await client(server).ask(.settings) else {
                Issue.record("no settings")
                return
            }
            #expect(lines.contains("synchronous: FULL") && lines.contains("parser functions: unregistered"))
        }
    }

    @Test(arguments: 98...112)
    func aStoreMayLieAtAPathOfAnyLength(bytes: Int) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let missing = bytes - folder.path.utf8.count - "//lieudit".utf8.count
        // Where temporary files lie deep, the path is long anyway.
        let deep = missing > 0 ? folder.appending(path: String(repeating: "a", count: missing)) : folder
        try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
        let path = deep.appending(path: "lieudit").path
        try #require(missing <= 0 || path.utf8.count == bytes)
        let address = SocketPath(path)
        let listening = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(unixDomainSocketPath: address.text).get()
        #expect(FileManager.default.fileExists(atPath: path))
        try await listening.close()
        withExtendedLifetime(address) {}
    }

    @Test func aNameThatLeavesNoRoomForTheSocketIsNotTaken() {
        let folder = "/" + String(repeating: "a", count: 90) + "/"
        let longest = String(repeating: "b", count: 74)
        #expect(SocketPath.takes(folder + longest + ".socket"))
        #expect(!SocketPath.takes(folder + longest + "b.socket"))
        #expect(SocketPath.takes("/" + longest + "bbbbbbb.socket"))
    }

    @Test func onlyTheOwnerMayOpenTheSocket() async throws {
        try await withServer { server in
            try await waitForSocket(server)
            let path = OperatorSocket.path(besideStore: server.layers.store.path)
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func theSocketGoesWithTheServerAndALeftoverIsReplaced() async throws {
        let folder = try Folder([:])
        let path = folder.path + "/store.sqlite"
        let layers = try PublishedLayers(store: try SpatialStore.openForWriting(path: path))
        for _ in 0..<2 {
            // What a server that was killed leaves behind.
            try Data().write(to: URL(fileURLWithPath: OperatorSocket.path(besideStore: path)))
            let server = try buildMapServer(configuration: .init(port: 0), layers: layers, logger: .silent)
            try await server.test(.live) { client in
                let here = Server(client: client, layers: layers)
                for _ in 0..<200 {
                    if (try? await OperatorClient(store: layers.store.path)?.ask(.settings)) != nil { break }
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(try await self.client(here).ask(.settings) != .done(0))
            }
            #expect(OperatorClient(store: path) == nil)
        }
        try layers.store.close()
    }

    @Test("What cannot be done is refused with a sentence, and nothing has changed")
    func whatCannotBeDoneIsRefused() async throws {
        try await withServer(try Sample.row(2)) { server in
            try await waitForSocket(server)
            let client = try client(server)
            let quartier = LayerDescription(Layer(identifier: try LayerIdentifier("quartier")))
            let elsewhere = try Folder(["a.geojsonl": ""])
            let table: [(OperatorRequest, String)] = [
                (.createLayer(quartier), "exists already"), (.deleteLayer("ailleurs"), "no layer named ailleurs"),
                (.deleteLayer("../etc"), "cannot name a layer"),
                (.publish(path: "/etc/passwd", count: 1, layer: quartier), "put aside"),
                (.publish(path: elsewhere.path + "/a.geojsonl", count: 1, layer: quartier), "put aside"),
                (.publish(path: server.layers.store.path, count: 1, layer: quartier), "put aside"),
                (.publish(path: server.layers.store.path + ".import-gone.geojsonl", count: 1, layer: quartier), "read"),
            ]
            for (request, words) in table {
                let refusal = await #expect(throws: OperatorRefusal.self) { try await client.ask(request) }
                #expect(refusal?.sentence.contains(words) == true, "\(refusal?.sentence ?? "nothing")")
            }
            #expect(try await server.features(Server.items).count == 2)
            #expect(server.layers.all.count == 1)
        }
    }

    @Test(
        "Hostile lines are refused and harm nobody", .server(try Sample.row(2)), .serialized,
        arguments: [
            "", "{}", "null", "[]", "{\"deleteLayer\":{}}", "{\"deleteLayer\":{\"_0\":7}}", "{\"inconnu\":{}}",
            "GET / HTTP/1.1",
            String(repeating: "[", count: 20_000), "\u{0}\u{1}\u{2}",
        ])
    func hostileLinesAreRefused(line: String) async throws {
        let server = try Server.shared
        try await waitForSocket(server)
        let answers = try await raw(server, line + "\n")
        let answer = try JSONParser.parse(Array(answers.utf8))
        #expect(answer["refused"] != nil, "\(answers)")
        guard case .settings = try await client(server).ask(.settings) else {
            Issue.record("the socket no longer answers")
            return
        }
        #expect(try await server.features(Server.items).count == 2)
    }

    @Test("A line without end closes its own connection only")
    func aLineWithoutEndClosesItsConnection() async throws {
        try await withServer(try Sample.row(2)) { server in
            try await waitForSocket(server)
            #expect(try await raw(server, String(repeating: "x", count: 1 << 20)).isEmpty)
            guard case .settings = try await client(server).ask(.settings) else {
                Issue.record("the socket no longer answers")
                return
            }
            #expect(try await server.get("/health").status == .ok)
        }
    }

    @Test("A command that says nothing does not keep the server from stopping", .timeLimit(.minutes(5)))
    func aSilentCommandDoesNotKeepTheServer() async throws {
        let (silent, keep) = AsyncStream.makeStream(of: RawConnection.self)
        let start = ContinuousClock.now
        try await withServer { server in
            try await waitForSocket(server)
            keep.yield(try RawConnection(path: OperatorSocket.path(besideStore: server.layers.store.path)))
            // Long enough for the server to have taken the connection.
            guard case .settings = try await client(server).ask(.settings) else { return }
        }
        #expect(ContinuousClock.now - start < .seconds(240))
        #expect(await silent.first { _ in true } != nil)
    }

    private func raw(_ server: Server, _ text: String) async throws -> String {
        try await RawConnection(path: OperatorSocket.path(besideStore: server.layers.store.path)).ask(text)
    }
}
