import Contributions
import MapFormats
import SpatialDatabase

/// What is public of a contribution beside what its author has given: the face of an encounter point, and from which
/// point something came. What a point reveals has no place here.
struct PublicFacet: Sendable {
    /// Nil for what is no point, or has nothing set.
    var face: EncounterFace?
    /// The public id of the point from which it was given, as long as that is public.
    var point: PublicIdentifier?
    /// Where the clock hangs by which the hours are meant.
    var place = LocalTime.universal

    static let none = PublicFacet()

    /// Properties with which a facet is written; they are set by curators and by this service, never by authors.
    static let names: Set<String> = ["hours", "prompt", "encounter_state", "encounter"]

    /// No clock: whether a point is alive or asleep is for readers to work out.
    func write(to properties: inout JSONObject, of kind: Kind) {
        if kind == .encounter, let face {
            properties["hours"] = face.hours.map { .object($0.document(in: place)) }
            if !face.prompt.isEmpty { properties["prompt"] = .string(face.prompt) }
            properties["encounter_state"] = face.standing.map { .string($0.rawValue) }
        }
        properties["encounter"] = point.map { .string($0.description) }
    }
}

extension Participation {
    func facet(of stored: StoredContribution, _ transaction: StoreTransaction) throws -> PublicFacet {
        try PublicFacet(of: stored, transaction, in: localTime)
    }
}

extension PublicFacet {
    /// - Parameter localTime: where the clock hangs by which hours are meant.
    init(of stored: StoredContribution, _ transaction: StoreTransaction, in localTime: LocalTime) throws {
        let encounter = try transaction.encounter(of: stored)
        self.init(
            face: try encounter.map { try Encounter($0, in: localTime).face },
            point: try transaction.publicPoint(of: stored), place: localTime)
    }
}
