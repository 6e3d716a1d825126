import Contributions
import SpatialDatabase

extension Participation {
    /// What is contributed from inside an embed must be what that embed shows.
    /// - Parameter key: of the embed; nil when it comes from nowhere of the kind.
    /// - Throws: `CurationError.unknownEmbed`, `.embedTakesNone`; `SubmissionError.faults`.
    func requireTaken(
        _ content: Contribution, through key: PublicIdentifier?, in layer: LayerIdentifier,
        _ transaction: StoreTransaction
    ) throws {
        guard let key else { return }
        guard let embed = try transaction.embed(key), !embed.isClosed, embed.layer == layer else {
            throw CurationError.unknownEmbed
        }
        guard embed.takesContributions else { throw CurationError.embedTakesNone }
        let faults = Self.faults(of: content, within: embed.pins)
        guard faults.isEmpty else { throw SubmissionError.faults(faults) }
    }

    private static func faults(of content: Contribution, within pins: EmbedPins) -> [SubmissionFault] {
        var faults: [SubmissionFault] = []
        if !pins.kinds.isEmpty, !pins.kinds.contains(content.kind) {
            let offered = Kind.allCases.filter(pins.kinds.contains).map(\.rawValue)
            faults.append(SubmissionFault("/properties/kind", .notOneOf(offered)))
        }
        if !pins.themes.isEmpty, !content.themes.contains(where: pins.themes.contains) {
            faults.append(SubmissionFault("/properties/theme", .notOneOf(pins.themes)))
        }
        if let period = pins.period, let when = content.when, !period.seconds.overlaps(when.seconds) {
            faults.append(SubmissionFault("/properties/when", .outsidePeriod(period.text)))
        }
        // By what would show: a cell at the edge shares some ground with the region, and that is enough to give.
        if let region = pins.region, let geometry = content.geometry, !region.meets(geometry) {
            faults.append(SubmissionFault("/geometry", .outsideRegion))
        }
        return faults
    }
}
