import Contributions
import Curation
import MapFormats

/// What waits for a curator, as it is sent. Nothing of it is public.
enum QueueDocument {
    static func page(
        _ waiting: [WaitingContribution], next: PublicIdentifier?, pause: Pause, in language: Language
    ) throws -> [UInt8] {
        var page: JSONObject = ["items": .array(try waiting.map { try entry($0, language) })]
        page["next"] = next.map { .string($0.description) } ?? .null
        page["paused"] = .boolean(pause.isPaused)
        if !pause.reasons.isEmpty { page["pause_reasons"] = .string(pause.reasons) }
        return page.bytes
    }

    private static func entry(_ waiting: WaitingContribution, _ language: Language) throws -> JSONValue {
        let feature = try JSONParser.parse(try waiting.feature())
        var entry: JSONObject = [
            "id": .string(waiting.identifier.description), "revision": .integer(Int64(waiting.revision)),
            "state": .string(waiting.state.rawValue), "changed": .boolean(waiting.isChangeWaiting),
            "flags": .array(waiting.flags.map(flag)), "feature": feature,
        ]
        if let before = try waiting.before().map({ try JSONParser.parse($0) }) {
            entry["before"] = before
            entry["differs"] = .array(differences(before, feature).map(JSONValue.string))
        }
        entry["age_band"] = waiting.minority.map { .string($0.rawValue) }
        if waiting.openReports > 0 { entry["open_reports"] = .integer(Int64(waiting.openReports)) }
        entry["question"] = waiting.inquiry?.question.map(JSONValue.string)
        entry["answer"] = waiting.inquiry?.answer.map(JSONValue.string)
        if !waiting.decisions.isEmpty {
            entry["decisions"] = .array(
                waiting.decisions.map { StatementDocument.statement($0, contestedAt: nil, language) })
        }
        return .object(entry)
    }

    /// What was found, and where: code points from `start` up to `end`.
    private static func flag(_ found: FlaggedText) -> JSONValue {
        [
            "kind": .string(found.flag.kind.rawValue), "pointer": .string(found.field.pointer),
            "start": .integer(Int64(found.flag.range.lowerBound)), "end": .integer(Int64(found.flag.range.upperBound)),
            "text": .string(found.words),
        ]
    }

    /// JSON Pointers to what differs, in the order of the new one, with what it lacks behind.
    private static func differences(_ before: JSONValue, _ after: JSONValue) -> [String] {
        var pointers = before["geometry"] == after["geometry"] ? [] : ["/geometry"]
        guard case .object(let old)? = before["properties"], case .object(let new)? = after["properties"] else {
            return pointers
        }
        let names = new.members.map(\.name) + old.members.map(\.name).filter { new[$0] == nil }
        for name in names where old[name] != new[name] {
            pointers.append(SubmissionFault.pointer(toMember: name, of: "/properties"))
        }
        return pointers
    }
}
