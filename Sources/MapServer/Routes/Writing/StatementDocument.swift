import Contributions
import Curation
import MapFormats

/// A decision as its author reads it: the statement of reasons of the Digital Services Act, article 17.
enum StatementDocument {
    /// - Parameter address: where the author answers with the receipt; nil where nothing is left to answer about.
    static func statement(_ notice: DecisionNotice, contestedAt address: String?, _ language: Language) -> JSONValue {
        var statement: JSONObject = [
            "decision": .string(notice.decision), "reasons": .string(notice.reasons),
            "revision": .integer(Int64(notice.revision)), "automated": false,
        ]
        guard let measure = notice.measure(in: language), let contest = notice.contest(in: language) else {
            return .object(statement)
        }
        statement["measure"] = .string(measure)
        statement["ground"] = .string(notice.ground.rawValue)
        var way: JSONObject = ["detail": .string(contest)]
        if let address {
            way["href"] = .string(address)
            way["method"] = "PATCH"
            way["member"] = "answer"
        }
        statement["contest"] = .object(way)
        return .object(statement)
    }
}
