package import Contributions
import MapFormats
package import SpatialDatabase

/// An encounter point as those see it who look after its layer.
package struct CuratedEncounter: Sendable {
    package let identifier: PublicIdentifier
    package let layer: LayerIdentifier
    package let encounter: Encounter
}

/// A code that was just made: shown this once.
package struct IssuedCode: Sendable {
    /// Names it in lists; opens nothing.
    package let identifier: PublicIdentifier
    package let label: String
    package let code: PaperCode

    package init(identifier: PublicIdentifier, label: String, code: PaperCode) {
        self.identifier = identifier
        self.label = label
        self.code = code
    }
}

/// What curators do with encounter points, by the right to review their layer.
extension Participation {
    /// How many codes one point may have.
    package static let codesOfPoint = 100

    /// - Throws: `CurationError.unknownContribution` also for what the token may not review; `.notAnEncounter`.
    package func encounter(_ identifier: PublicIdentifier, by token: AccessToken) throws -> CuratedEncounter {
        try layers.store.read { transaction in
            let point = try point(identifier, by: token, transaction)
            return CuratedEncounter(
                identifier: identifier, layer: point.layer,
                encounter: try Encounter(try transaction.encounter(of: point), in: localTime))
        }
    }

    /// Sets all of it anew. What is public of the point changes at once; what it reveals leaves no trace in public.
    package func set(
        _ encounter: Encounter, of identifier: PublicIdentifier, by token: AccessToken, at now: Int64
    ) async throws -> CuratedEncounter {
        try await changing(identifier, by: token) { point, transaction, change in
            let before = try Encounter(try transaction.encounter(of: point), in: localTime)
            try transaction.set(encounter.stored, of: point)
            if encounter.face != before.face, point.isPublic { try showAgain(point, transaction, &change) }
            try journal(
                "set encounter", point, Self.difference(before, encounter), by: token, at: now, transaction)
            return CuratedEncounter(identifier: identifier, layer: point.layer, encounter: encounter)
        }
    }

    package func codes(of identifier: PublicIdentifier, by token: AccessToken) throws -> [StoredCode] {
        try layers.store.read { try $0.codes(of: point(identifier, by: token, $0)) }
    }

    /// - Parameter label: on which wall it will be, for curators; may be empty.
    /// - Throws: `SubmissionError` when the point has as many as it may have.
    package func issueCode(
        labelled label: String, for identifier: PublicIdentifier, by token: AccessToken, at now: Int64
    ) async throws -> IssuedCode {
        var generator = AnyGenerator(randomness())
        let issued = IssuedCode(
            identifier: .random(using: &generator), label: label, code: .random(using: &generator))
        return try await changing(identifier, by: token) { point, transaction, _ in
            let count = try transaction.codes(of: point).count
            guard count < Self.codesOfPoint else {
                throw SubmissionError.faults([.init("", .tooMany(found: count + 1, limit: Self.codesOfPoint))])
            }
            try transaction.add(issued.code, as: issued.identifier, label: label, to: point)
            try journal("issue code", point, issued.identifier.description, by: token, at: now, transaction)
            return issued
        }
    }

    /// The code before opens nothing any more when this returns.
    /// - Throws: `CurationError.notAnAccess` when the point has no such code.
    package func reissueCode(
        _ code: PublicIdentifier, of identifier: PublicIdentifier, by token: AccessToken, at now: Int64
    ) async throws -> IssuedCode {
        var generator = AnyGenerator(randomness())
        let new = PaperCode.random(using: &generator)
        return try await changing(identifier, by: token) { point, transaction, _ in
            let label = try transaction.codes(of: point).first { $0.identifier == code }?.label
            guard let label, try transaction.replaceCode(code, of: point, with: new) else {
                throw CurationError.notAnAccess
            }
            try journal("reissue code", point, code.description, by: token, at: now, transaction)
            return IssuedCode(identifier: code, label: label, code: new)
        }
    }

    /// It opens nothing any more when this returns.
    /// - Throws: `CurationError.notAnAccess` when the point has no such code.
    package func retireCode(
        _ code: PublicIdentifier, of identifier: PublicIdentifier, by token: AccessToken, at now: Int64
    ) async throws {
        try await changing(identifier, by: token) { point, transaction, _ in
            guard try transaction.removeCode(code, of: point) else { throw CurationError.notAnAccess }
            try journal("retire code", point, code.description, by: token, at: now, transaction)
        }
    }

    private func changing<Value: Sendable>(
        _ identifier: PublicIdentifier, by token: AccessToken,
        _ body: @escaping @Sendable (StoredContribution, StoreTransaction, inout PublicChange) throws -> Value
    ) async throws -> Value {
        guard let layer = try layers.store.read({ try $0.layer(of: identifier) }) else {
            throw CurationError.unknownContribution
        }
        return try await write(
            { transaction, change in
                // A token that was revoked while this waited for its turn changes nothing any more.
                guard try transaction.isValid(token) else { throw CurationError.unknownContribution }
                return try body(try point(identifier, by: token, transaction), transaction, &change)
            }, in: layer)
    }

    func point(
        _ identifier: PublicIdentifier, by token: AccessToken, _ transaction: StoreTransaction
    ) throws -> StoredContribution {
        guard let layer = try transaction.layer(of: identifier), token.mayReview(layer),
            let stored = try transaction.contribution(identifier, in: layer)
        else { throw CurationError.unknownContribution }
        guard stored.content.kind == .encounter else { throw CurationError.notAnEncounter }
        return stored
    }

    func journal(
        _ act: String, _ point: StoredContribution, _ detail: String, by token: AccessToken, at now: Int64,
        _ transaction: StoreTransaction
    ) throws {
        try transaction.journal(
            JournalEntry(
                moment: now, actor: token.identifier.description, act: act,
                subject: JournalEntry.subject(point.identifier), detail: detail, layer: point.layer))
    }

    /// Which parts have changed, and the state where it has: no words.
    private static func difference(_ before: Encounter, _ after: Encounter) -> String {
        var parts: [String] = []
        if before.face.hours != after.face.hours { parts.append("hours") }
        if before.face.prompt != after.face.prompt { parts.append("prompt") }
        if before.reveals != after.reveals { parts.append("reveals") }
        if before.face.standing != after.face.standing {
            parts.append("state \(after.face.standing?.rawValue ?? "alive")")
        }
        return parts.joined(separator: ", ")
    }
}
