package import Contributions
import SpatialDatabase

/// What a code on a wall opens.
package struct Arrival: Sendable {
    package let identifier: PublicIdentifier
    package let layer: LayerIdentifier
    package let face: EncounterFace
    package let state: EncounterState
    /// Nil unless the point is alive: what is revealed, is revealed on site and in its hours.
    package let reveals: Revelation?
    /// What is under way and what comes next, at most three; none for a point that is alive at all hours, or whose
    /// hours do not count any more.
    package let periods: [AlivePeriod]
}

/// When a point that sleeps wakes, in words for people.
package struct NextOpening: Equatable, Sendable {
    package let period: AlivePeriod
    private let sentences: [Language: String]

    init(_ period: AlivePeriod, at now: Int64, in place: LocalTime) {
        self.period = period
        sentences = Dictionary(
            uniqueKeysWithValues: Language.allCases.map { language in
                (language, OpeningSentence(at: now, in: place, language).text(of: period))
            })
    }

    package func sentence(in language: Language) -> String { sentences[language] ?? "" }
}

extension Participation {
    /// How many windows somebody is told who arrives.
    private static let periodsTold = 3

    /// Opens a point by its code. Nothing is written, and nobody counted.
    ///
    /// A code that was replaced or retired has left no trace, so that it is answered like one that never was. The
    /// code of a point that is not public opens nothing.
    /// - Parameter now: seconds since 1970 UTC.
    /// - Throws: `CurationError.unknownEncounter`.
    package func arrive(with typed: String, at now: Int64) throws -> Arrival {
        try layers.store.read { transaction in
            let code = PaperCode(typed)
            // What cannot be a code costs the same time.
            let asked = code ?? PaperCode.nobodys
            let found = try transaction.publicPoint(withCode: asked.encounterDigest(key: transaction.instanceKey()))
            guard code != nil, let point = found,
                case .open = try visibility(of: transaction.layer(point.layer), at: now)
            else { throw CurationError.unknownEncounter }
            let encounter = try Encounter(try transaction.encounter(of: point), in: localTime)
            let state = encounter.face.state(at: now, in: localTime)
            let counts = encounter.face.standing == nil
            return Arrival(
                identifier: point.identifier, layer: point.layer, face: encounter.face, state: state,
                reveals: state == .alive ? encounter.reveals : nil,
                periods: counts
                    ? encounter.face.hours?.periods(after: now, count: Self.periodsTold, in: localTime) ?? [] : [])
        }
    }

    /// A layer that has closed is read as ever; one that has not opened is not there yet.
    private func visibility(of layer: Layer, at now: Int64) -> LayerPhase {
        let phase = layer.phase(at: now, in: localTime)
        return if case .unopened = phase { phase } else { .open }
    }

    /// The point from which something is contributed; nil when no code came with it.
    /// - Throws: `CurationError.unknownEncounter` for a code that opens nothing in this layer; `.encounterAsleep`,
    ///   `.encounterOver`.
    func point(
        for submission: Submission, in layer: Layer, at now: Int64, _ transaction: StoreTransaction
    ) throws -> StoredContribution? {
        guard let code = submission.encounter else { return nil }
        guard let point = try transaction.publicPoint(withCode: code.encounterDigest(key: transaction.instanceKey())),
            point.layer == layer.identifier
        else { throw CurationError.unknownEncounter }
        let face = try Encounter(try transaction.encounter(of: point), in: localTime).face
        switch face.state(at: now, in: localTime) {
        case .alive: return point
        case .asleep:
            let next = face.hours?.periods(after: now, count: 1, in: localTime).first
            throw CurationError.encounterAsleep(next.map { NextOpening($0, at: now, in: localTime) })
        case .moved, .stolen, .retired: throw CurationError.encounterOver
        }
    }
}
