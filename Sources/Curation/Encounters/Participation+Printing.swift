package import Contributions
import SpatialDatabase

/// A code that is about to be printed, and the point that it opens.
package struct PrintedCode: Sendable {
    package let point: PublicIdentifier
    package let issued: IssuedCode

    package init(point: PublicIdentifier, issued: IssuedCode) {
        self.point = point
        self.issued = issued
    }
}

/// A point in the list of those who look after its layer.
package struct ListedPoint: Sendable {
    package let identifier: PublicIdentifier
    package let title: String
    package let isPublic: Bool
    package let standing: ContributionState
    package let face: EncounterFace
    /// How many codes open it.
    package let codes: Int
}

/// The store knows codes by their hashes only: who prints one brings it along, and it is compared.
extension Participation {
    /// How many sheets one print has at most.
    package static let sheetsOfPrint = 500

    /// - Throws: `CurationError.unknownContribution` also for what the token may not review; `.notAnEncounter`;
    ///   `.notAnAccess` when the point has no such code, or it is another.
    package func recognise(_ printed: PrintedCode, by token: AccessToken) throws -> PrintedCode {
        try layers.store.read { transaction in
            let point = try point(printed.point, by: token, transaction)
            let identifier = printed.issued.identifier
            guard try transaction.isCode(printed.issued.code, identifier, of: point),
                let stored = try transaction.codes(of: point).first(where: { $0.identifier == identifier })
            else { throw CurationError.notAnAccess }
            return PrintedCode(
                point: printed.point,
                issued: IssuedCode(identifier: identifier, label: stored.label, code: printed.issued.code))
        }
    }

    /// The points of a layer, public or not, by title.
    /// - Throws: `CurationError.unknownContribution` for what the token may not review.
    package func points(of layer: LayerIdentifier, by token: AccessToken) throws -> [ListedPoint] {
        guard token.mayReview(layer) else { throw CurationError.unknownContribution }
        return try layers.store.read { transaction in
            try transaction.points(in: layer).map { point in
                ListedPoint(
                    identifier: point.identifier, title: point.content.title, isPublic: point.isPublic,
                    standing: point.state,
                    face: try Encounter(try transaction.encounter(of: point), in: localTime).face,
                    codes: try transaction.codes(of: point).count)
            }
        }
    }

    /// A new code for each public point of a layer, all or none.
    /// - Parameter isForAll: also for points that have codes already, which go on opening them.
    /// - Throws: `CurationError.unknownContribution` also for what the token may not review; `SubmissionError` for more
    ///   points than one print has sheets.
    package func issueCodes(
        labelled label: String, in layer: LayerIdentifier, isForAll: Bool, by token: AccessToken, at now: Int64
    ) async throws -> [PrintedCode] {
        let randomness = randomness
        return try await write(
            { transaction, _ in
                guard token.mayReview(layer), try transaction.isValid(token) else {
                    throw CurationError.unknownContribution
                }
                let points = try transaction.publicPoints(in: layer).filter { point in
                    let count = try transaction.codes(of: point).count
                    return count == 0 || isForAll && count < Self.codesOfPoint
                }
                guard points.count <= Self.sheetsOfPrint else {
                    throw SubmissionError.faults([
                        SubmissionFault("", .tooMany(found: points.count, limit: Self.sheetsOfPrint))
                    ])
                }
                var generator = AnyGenerator(randomness())
                return try points.map { point in
                    let issued = IssuedCode(
                        identifier: .random(using: &generator), label: label, code: .random(using: &generator))
                    try transaction.add(issued.code, as: issued.identifier, label: label, to: point)
                    try journal("issue code", point, issued.identifier.description, by: token, at: now, transaction)
                    return PrintedCode(point: point.identifier, issued: issued)
                }
            }, in: layer)
    }
}
