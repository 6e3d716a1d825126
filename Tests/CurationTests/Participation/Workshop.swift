import Contributions
import Foundation
import MapFormats
import MapGeometry
import SpatialDatabase
import SpatialIndex
import Synchronization
import TestSupport

@testable import Curation

/// A real store with one layer that is contributed to, at moments and with random numbers of the test's own.
struct Workshop: Sendable {
    let temporary: TemporaryStore
    let layers: PublishedLayers
    let participation: Participation
    let layer: LayerIdentifier
    let curator: AccessToken

    /// 2026-11-22T12:00:00 in Paris.
    static let noon: Int64 = 1_795_345_200
    static let day: Int64 = 86_400
    static let street = place(2.3795, 48.868)
    /// Another cell of 200 m and of 1 km.
    static let elsewhere = place(2.45, 48.868)

    init(_ change: (inout Layer) throws -> Void = { _ in }, seed: UInt64 = 1) async throws {
        temporary = try TemporaryStore()
        var rules = Layer(identifier: try LayerIdentifier("fabrique"))
        try change(&rules)
        layer = rules.identifier
        let (created, store) = (rules, temporary.store)
        try await store.write { try $0.create(created) }
        layers = try PublishedLayers(store: store)
        let seeds = Atomic(seed &* 1_000_003)
        participation = Participation(layers: layers, localTime: .paris) {
            SeededGenerator(seed: seeds.wrappingAdd(1, ordering: .relaxed).newValue)
        }
        var generator = SeededGenerator(seed: seed)
        curator = try await store.createToken(
            secret: Secret.random(using: &generator).text, role: "curator", layer: layer.text, at: Self.noon)
    }

    var store: SpatialStore { temporary.store }

    /// What a form would send.
    static func submission(
        title: String = "Le bal", text: String = "", at place: Coordinate? = street, _ precision: Precision? = nil
    ) -> Submission {
        var submission = Submission()
        submission.title = title
        submission.text = text
        submission.place = place.map(Submission.Place.at) ?? .nowhere
        submission.precision = place == nil ? Precision.none : precision
        submission.isConsenting = true
        return submission
    }

    func contribute(
        _ submission: Submission = submission(), key: String? = nil, at now: Int64 = noon
    ) async throws -> Acceptance {
        try await participation.contribute(
            submission, to: layer, key: key.flatMap(IdempotencyKey.init), consentText: .text(in: .french), at: now)
    }

    /// Contributes and has it published.
    func published(_ submission: Submission = submission(), at now: Int64 = noon) async throws -> Acceptance {
        let given = try await contribute(submission, at: now)
        _ = try await decide(.publish(from: nil), given.identifier, at: now)
        return given
    }

    @discardableResult
    func decide(
        _ decision: Decision, _ identifier: PublicIdentifier, reasons: String = "Merci de préciser.",
        revision: Int? = nil, state: ContributionState? = nil, at now: Int64 = noon
    ) async throws -> DecisionOutcome {
        try await participation.decide(
            DecisionRequest(decision, about: identifier, reasons: reasons, revision: revision, state: state),
            by: curator, at: now)
    }

    /// Under the id that it has now.
    func own(_ receipt: Receipt) throws -> OwnContribution {
        let opened = try participation.open(receipt.token)
        return try participation.own(opened.identifier, in: opened.layer, with: .receipt(receipt.token))
    }

    @discardableResult
    func change(
        _ receipt: Receipt, _ json: String, isReplacement: Bool = false, revision: Int? = nil, at now: Int64 = noon
    ) async throws -> OwnContribution {
        let opened = try participation.open(receipt.token)
        return try await participation.change(
            opened.identifier, in: opened.layer, with: .receipt(receipt.token),
            to: try SubmissionReader.value(Array(json.utf8)), isReplacement: isReplacement, revision: revision,
            consentText: .text(in: .french), at: now)
    }

    func withdraw(_ receipt: Receipt, at now: Int64 = noon) async throws {
        let opened = try participation.open(receipt.token)
        try await participation.withdraw(opened.identifier, in: opened.layer, with: .receipt(receipt.token), at: now)
    }

    /// Everything public, by id: from memory, having compared it with the store.
    func shown() throws -> [UInt128: JSONValue] {
        var inStore: [UInt128: [UInt8]] = [:]
        try store.forEachPublished { inStore[$0.identifier] = Array($0.feature) }
        var inMemory: [UInt128: [UInt8]] = [:]
        for feature in try layers.require(layer).snapshot.features(limit: .max).features {
            var bytes: [UInt8] = []
            feature.appendText(to: &bytes)
            guard inMemory.updateValue(bytes, forKey: feature.identifier) == nil else { throw Twice() }
        }
        guard inStore == inMemory else { throw MemoryDiffers() }
        return try inMemory.mapValues { try JSONParser.parse($0) }
    }

    struct MemoryDiffers: Error {}
    struct Twice: Error {}

    func titles() throws -> [String] {
        try shown().values.compactMap { $0["properties"]?["title"]?.text }.sorted()
    }

    func cell(of identifier: PublicIdentifier) throws -> String? {
        try shown()[identifier.bits]?["properties"]?["cell"]?.text
    }

    /// The change feed, such as `added k7q3…`.
    func feed() throws -> [String] {
        try temporary.texts("SELECT action || ' ' || hex(public_id) FROM change ORDER BY sequence").map { line in
            let parts = line.split(separator: " ")
            return "\(parts[0]) \(PublicIdentifier(bits: UInt128(parts[1], radix: 16) ?? 0))"
        }
    }

    func count(_ table: String) throws -> Int {
        Int(try temporary.texts("SELECT CAST(count(*) AS TEXT) FROM \(table)").first ?? "") ?? -1
    }

    func found(_ words: String) throws -> Int { try store.identifiers(withWords: words, in: layer).count }
}
