import Contributions
import Curation
import Foundation
import MapServer
import SpatialDatabase

/// Whoever writes to the store now: the server that runs on it, or this very process.
enum Writing {
    case throughServer(OperatorClient)
    case here(SpatialStore)

    /// - Throws: `StoreError.locked` when another process writes and answers no command.
    ///   Whatever erases names the file of tombstones, too.
    init(store: String, tombstones: String? = nil) throws {
        if let client = Self.server(on: store) {
            self = .throughServer(client)
        } else {
            self = .here(try SpatialStore.openForWriting(path: store, tombstones: tombstones))
            StagedImport.removeLeftovers(besideStore: store)
        }
    }

    /// Whoever runs on the store. A server that begins has the lock a moment before its socket stands.
    private static func server(on store: String) -> OperatorClient? {
        for _ in 0..<longestStart where SpatialStore.isWritten(path: store) {
            if let client = OperatorClient(store: store) { return client }
            Thread.sleep(forTimeInterval: 0.02)
        }
        return nil
    }

    /// How often it is looked for: for three seconds, in which a million points are read.
    private static let longestStart = 150

    func create(_ layer: Layer) async throws {
        switch self {
        case .throughServer(let client): _ = try await client.ask(.createLayer(LayerDescription(layer)))
        case .here(let store):
            _ = try await store.write { try $0.create(layer) }
            try store.close()
        }
    }

    /// Returns how many features were public.
    func delete(_ identifier: LayerIdentifier) async throws -> Int {
        switch self {
        case .throughServer(let client): return try await client.ask(.deleteLayer(identifier.text)).count
        case .here(let store):
            let count = try await store.write { try $0.deleteLayer(identifier) }
            try store.close()
            return count
        }
    }

    /// Carries out one piece of an operator's work: `here` in this process, or `request` by the server.
    func carryOut<Value: Sendable>(
        _ request: OperatorRequest, progress: @escaping @Sendable (Int) -> Void = { _ in },
        answer: (OperatorAnswer) -> Value?, here: (SpatialStore) async throws -> Value
    ) async throws -> Value {
        switch self {
        case .throughServer(let client):
            guard let value = answer(try await client.ask(request, progress: progress)) else {
                throw Refusal("the running server is of another version; stop it first")
            }
            return value
        case .here(let store):
            let value = try await here(store)
            try store.close()
            return value
        }
    }

    /// Returns the id under which the token is listed.
    func createToken(
        secret: String, role: Role, layer: String?, partner: String? = nil, expires: Int64? = nil, label: String = ""
    ) async throws -> String {
        let request = OperatorRequest.createToken(
            secret: secret, role: role.rawValue, layer: layer, partner: partner, expires: expires, label: label)
        return try await carryOut(request, answer: \.made) {
            try await $0.createToken(
                secret: secret, role: role.rawValue, layer: layer, partner: partner, expires: expires, label: label,
                at: .now
            ).identifier.description
        }
    }

    /// Returns the id of the partner.
    func createPartner(name: String, origins: [String]) async throws -> String {
        try await carryOut(.createPartner(name: name, origins: origins), answer: \.made) {
            try await $0.createPartner(name: name, origins: origins, at: .now).identifier.description
        }
    }

    func revokeToken(_ identifier: String) async throws {
        _ = try await carryOut(.revokeToken(identifier), answer: \.count) {
            try await $0.revokeToken(identifier, at: .now)
            return 1
        }
    }

    /// Returns the id under which the invitation can be revoked.
    func invite(
        code: String, layer: String, parentsOnPaper: Bool, isPaperAllowed: Bool
    ) async throws -> String {
        let request = OperatorRequest.createInvitation(code: code, layer: layer, parentsOnPaper: parentsOnPaper)
        return try await carryOut(request, answer: \.made) {
            try await $0.invite(
                code: code, to: layer, parentsOnPaper: parentsOnPaper, isPaperAllowed: isPaperAllowed, at: .now
            ).description
        }
    }

    func revokeInvitation(_ identifier: String) async throws {
        _ = try await carryOut(.revokeInvitation(identifier), answer: \.count) {
            try await $0.revokeInvitation(identifier, at: .now)
            return 1
        }
    }

    func erase(_ identifier: PublicIdentifier) async throws {
        _ = try await carryOut(.erase(identifier.description), answer: \.count) { store in
            let participation = Participation(layers: try PublishedLayers(store: store), localTime: .paris)
            try await participation.erase(identifier, at: .now)
            return 1
        }
    }

    /// Returns how many cells the table has.
    func loadHouseholds(csvFile path: String) async throws -> Int {
        try await carryOut(.loadHouseholds(path: path), answer: \.count) { store in
            let table = try HouseholdTable(csvFile: path)
            try await store.loadHouseholds(table, at: .now)
            return table.count
        }
    }

    func publish(
        _ staged: StagedImport, in layer: Layer, progress: @escaping @Sendable (Int) -> Void
    ) async throws -> Int {
        switch self {
        case .throughServer(let client):
            let request = OperatorRequest.publish(
                path: staged.path, count: staged.count, layer: LayerDescription(layer))
            return try await client.ask(request, progress: progress).count
        case .here(let store):
            let count = try await store.publish(staged, in: layer, progress: progress)
            try store.close()
            return count
        }
    }
}

extension Int64 {
    /// Seconds since 1970 UTC.
    fileprivate static var now: Int64 { Int64(Date().timeIntervalSince1970.rounded(.down)) }
}

extension OperatorAnswer {
    fileprivate var made: String? {
        if case .made(let identifier) = self { identifier } else { nil }
    }

    fileprivate var count: Int {
        if case .done(let count) = self { count } else { 0 }
    }
}
