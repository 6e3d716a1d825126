import Contributions
import Curation
import MapFormats
import SpatialDatabase

/// Reports as they are read by who made them and by curators.
enum ReportDocument {
    /// For the reporter: where it stands, and no word of what it is about nor of whom.
    static func own(_ report: StoredReport, _ language: Language) -> [UInt8] {
        var document: JSONObject = [
            "reference": .string(report.reference.description), "reason": .string(report.report.reason.rawValue),
            "state": .string(report.closedAt == nil ? "open" : "closed"),
            "outcome": report.outcome.map { .string($0.rawValue) } ?? .null,
            "reasons": report.reasons.isEmpty ? .null : .string(report.reasons),
            "says": .string(sentence(report.outcome, language)),
        ]
        if report.outcome != nil { document["redress"] = .string(redress(language)) }
        return document.bytes
    }

    /// For curators.
    static func entry(_ reported: ReportedContribution, _ language: Language) throws -> JSONValue {
        let report = reported.report
        return [
            "reference": .string(report.reference.description),
            "layer": report.layer.map { .string($0.text) } ?? .null,
            "id": report.contribution.map { .string($0.description) } ?? .null,
            "reason": .string(report.report.reason.rawValue), "text": .string(report.report.text),
            "contact": report.report.contact.map(JSONValue.string) ?? .null,
            "good_faith": .boolean(report.report.isGoodFaith),
            "state": .string(report.closedAt == nil ? "open" : "closed"), "made": OwnDocument.moment(report.madeAt),
            "closed": OwnDocument.moment(report.closedAt),
            "outcome": report.outcome.map { .string($0.rawValue) } ?? .null, "reasons": .string(report.reasons),
            "open_reports": .integer(Int64(report.openCount)),
            "feature": try reported.feature.map { try JSONParser.parse($0) } ?? .null,
            "standing": reported.state.map { .string($0.rawValue) } ?? .null,
            "revision": reported.revision.map { .integer(Int64($0)) } ?? .null,
            "decisions": .array(
                reported.decisions.map { StatementDocument.statement($0, contestedAt: nil, language) }),
        ]
    }

    private static func sentence(_ outcome: ReportOutcome?, _ language: Language) -> String {
        let isFrench = language == .french
        return switch outcome {
        case nil: isFrench ? "Quelqu’un va le lire." : "Somebody will read it."
        case .kept: isFrench ? "Quelqu’un l’a lu. Rien ne change." : "Somebody has read it. Nothing changes."
        case .acted: isFrench ? "Quelqu’un l’a lu et a agi." : "Somebody has read it and has acted."
        case .withdrawnAtTheirWord:
            isFrench ? "C’est retiré, comme vous l’avez demandé." : "It is withdrawn, as you have asked."
        case .gone:
            isFrench
                ? "Ce que vous avez signalé n’est plus là : retiré par son auteur, ou effacé."
                : "What you have reported is not there any more: withdrawn by its author, or erased."
        }
    }

    /// What to do who does not agree (Digital Services Act, article 16, 5).
    private static func redress(_ language: Language) -> String {
        switch language {
        case .french: "Pas d’accord ? Signalez de nouveau et dites pourquoi. Un juge peut aussi trancher."
        case .english: "You do not agree? Report again and say why. A court can also decide."
        }
    }
}
