package import Contributions
package import Projections
package import SpatialDatabase

/// Everything that is written about single contributions: by participants, with a receipt in hand, and by curators.
///
/// Each act is one transaction. When it returns, it is on the disk and every reader sees it.
package struct Participation: Sendable {
    package let layers: PublishedLayers
    package let localTime: LocalTime
    /// Whether a group leader's word is taken that the parents of a group have agreed on paper.
    package let allowsParentsOnPaper: Bool
    /// Gives the random numbers for one contribution; tests give their own.
    let randomness: @Sendable () -> any RandomNumberGenerator

    package init(
        layers: PublishedLayers, localTime: LocalTime, allowsParentsOnPaper: Bool = false,
        randomness: @escaping @Sendable () -> any RandomNumberGenerator = { SystemRandomNumberGenerator() }
    ) {
        self.layers = layers
        self.localTime = localTime
        self.allowsParentsOnPaper = allowsParentsOnPaper
        self.randomness = randomness
    }

    /// Where few live, cells are coarser; nil when no table of households was loaded. Within a transaction it is the
    /// same all along.
    package var households: HouseholdTable? { layers.households.table }

    /// Runs one transaction and shows what it has made public before anybody else may write.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (StoreTransaction, inout PublicChange) throws -> Value,
        in layer: LayerIdentifier
    ) async throws -> Value {
        try await layers.store.write { transaction in
            var change = PublicChange(in: layer)
            let value = try body(transaction, &change)
            try change.readAnswers(transaction)
            return (value, change)
        } committed: { _, change in
            layers.apply(change)
        }.0
    }

    /// Makes public what stands, at once or when it is due.
    ///
    /// - Parameter from: seconds since 1970 UTC before which it does not show.
    func release(
        _ stored: StoredContribution, as content: Contribution, identifier: PublicIdentifier, of layer: Layer,
        from embargo: Int64? = nil, at now: Int64, _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        guard !stored.awaitsParent else { throw CurationError.notPossible(.awaitingParent) }
        try transaction.settle(stored, as: content, identifier: identifier)
        try reveal(
            stored, as: content, identifier: identifier, of: layer, from: embargo, at: now, transaction, &change)
    }

    /// Makes public what has been settled, at once or when it is due.
    func reveal(
        _ stored: StoredContribution, as content: Contribution, identifier: PublicIdentifier, of layer: Layer,
        from embargo: Int64?, at now: Int64, _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        let daily = layer.release == .daily && !stored.isPublic ? localTime.nextMidnight(after: now) : nil
        let moment = [embargo, daily].compactMap { $0 }.max()
        if let moment, moment > now {
            try transaction.set(.published, of: stored, release: moment, at: now)
            try withdraw(stored, transaction, &change)
            return change.becomesDue(at: moment)
        }
        try transaction.set(.published, of: stored, at: now)
        try show(stored, as: content, identifier: identifier, of: layer, at: now, transaction, &change)
    }

    func show(
        _ stored: StoredContribution, as content: Contribution, identifier: PublicIdentifier, of layer: Layer,
        at now: Int64, _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        let month = stored.month ?? localTime.month(of: now)
        let expires = stored.expiresAt ?? layer.retention.map { now + Int64($0) * 86_400 }
        let publication = try publication(of: stored, as: content, identifier: identifier, month: month, transaction)
        try transaction.show(stored, as: publication, month: month, expires: expires)
        if stored.isPublic, stored.identifier != identifier { change.withdraw(stored.identifier) }
        change.show(publication)
        change.becomesDue(at: expires)
        if stored.isPublic, stored.identifier == identifier { return }
        try showAgain(transaction.publicContributions(from: stored), transaction, &change)
    }

    func withdraw(
        _ stored: StoredContribution, _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        guard stored.isPublic else { return }
        try transaction.withdrawFromPublic(stored)
        change.withdraw(stored.identifier)
        try showAgain(transaction.publicContributions(from: stored), transaction, &change)
    }

    /// The id under which a contribution stands once it shows as `content`: another one where who has seen it would
    /// learn of a second place, be it that the pin has moved (P9) or that it shows more finely again.
    func identifier(of stored: StoredContribution, as content: Contribution) -> PublicIdentifier {
        let (old, new) = (PublishedPlace(of: stored.content), PublishedPlace(of: content))
        let isFinerAgain = stored.wasFiner && new.precision.isFiner(than: old.precision)
        return stored.wasPublic && (isFinerAgain || new.isMoved(from: old)) ? random() : stored.identifier
    }

    private func random() -> PublicIdentifier {
        var generator = generator()
        return PublicIdentifier.random(using: &generator)
    }

    /// For one new id.
    package func generator() -> AnyGenerator { AnyGenerator(randomness()) }
}

/// An existential generator where a concrete one is asked for.
package struct AnyGenerator: RandomNumberGenerator {
    private var generator: any RandomNumberGenerator

    init(_ generator: any RandomNumberGenerator) {
        self.generator = generator
    }

    package mutating func next() -> UInt64 { generator.next() }
}
