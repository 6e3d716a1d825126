import Contributions
import Curation
import MapFormats
import Synchronization

/// `GET /moderation/history`: moderation in numbers.
enum HistoryRoutes {
    static func history(_ request: RouteRequest) throws -> Reply {
        let history = try request.site.history.value(of: request.site)
        return Reply(
            JSONObject.encoded([
                "title": "Modération / Moderation",
                "note": .string(note),
                "half_years": .array(history.entries.map(entry)),
                "links": Link.array([
                    Link("self", "\(request.publicURL)/moderation/history", type: MediaType.json)
                ]),
            ]), mediaType: MediaType.json)
    }

    /// In both languages, since a document has one form whoever reads it.
    private static let note =
        "« <5 » : moins de cinq. « … » : non dit, car un si petit nombre s’en déduirait. "
        + "“<5”: fewer than five. “…”: not told, since so small a number could be worked out from it."

    private static func entry(_ entry: ModerationHistory.Entry) -> JSONValue {
        var reports: JSONObject = ["received": value(entry.received)]
        for (outcome, cell) in zip(ReportOutcome.allCases, entry.outcomes) { reports[outcome.rawValue] = value(cell) }
        reports["ended"] = value(entry.ended)
        reports["median_days"] = entry.medianDays.map(JSONValue.number) ?? "…"
        var restrictions = JSONObject()
        for (name, cell) in zip(ModerationHistory.restrictions, entry.restrictions) { restrictions[name] = value(cell) }
        restrictions["total"] = value(entry.restricted)
        return [
            "half_year": .string(entry.name), "reports": .object(reports), "restrictions": .object(restrictions),
        ]
    }

    private static func value(_ cell: ModerationHistory.Cell) -> JSONValue {
        switch cell {
        case .count(let count): .integer(Int64(count))
        case .few: "<5"
        case .withheld: "…"
        }
    }
}

/// Half-years that have ended change no more: they are counted once, and again when another has ended.
final class HistoryMemory: Sendable {
    private let known = Mutex<(ended: HalfYearNames, history: ModerationHistory)?>(nil)

    private typealias HalfYearNames = [String]

    func value(of site: Site) throws -> ModerationHistory {
        let now = site.now
        // From the epoch on, since only the last one matters here.
        let names = try ModerationHistory.ended(from: now - 2 * 366 * 86_400, until: now, in: site.localTime)
            .map(\.name)
        if let history = known.withLock({ $0?.ended == names ? $0?.history : nil }) { return history }
        let history = try ModerationHistory(of: site.layers.store, in: site.localTime, at: now)
        known.withLock { $0 = (names, history) }
        return history
    }
}
