import Contributions
import Curation
import MapFormats

/// What a curator has sent about a report or a receipt, read.
struct ReportDecisionBody {
    private let members: JSONObject

    /// - Parameter names: what it may have beside its reasons.
    /// - Throws: `SubmissionError`.
    init(_ bytes: [UInt8], also names: Set<String>) throws(SubmissionError) {
        guard case .object(let members) = try SubmissionReader.value(bytes) else { throw Self.fault("", .wrongType) }
        for member in members.members where member.name != "reasons" && !names.contains(member.name) {
            throw Self.fault(SubmissionFault.pointer(toMember: member.name), .unknownMember)
        }
        self.members = members
    }

    /// Empty when there are none, which whoever decides is told.
    func reasons() throws(SubmissionError) -> String {
        guard let value = members["reasons"], value != .null else { return "" }
        guard let text = value.text else { throw Self.fault("/reasons", .wrongType) }
        if text.count > ContributionLimits.text {
            throw Self.fault("/reasons", .tooLong(characters: text.count, limit: ContributionLimits.text))
        }
        if let hidden = PlainText.fault(in: text) { throw Self.fault("/reasons", .init(hidden)) }
        return text
    }

    func outcome() throws(SubmissionError) -> ReportOutcome {
        guard let value = members["outcome"] else { throw Self.fault("/outcome", .missing) }
        guard let outcome = value.text.flatMap(ReportOutcome.init), ReportOutcome.decisions.contains(outcome) else {
            throw Self.fault("/outcome", .notOneOf(ReportOutcome.decisions.map(\.rawValue)))
        }
        return outcome
    }

    func requireFaceToFace() throws(SubmissionError) {
        guard members["face_to_face"] == .boolean(true) else { throw Self.fault("/face_to_face", .notFaceToFace) }
    }

    private static func fault(_ pointer: String, _ problem: SubmissionFault.Problem) -> SubmissionError {
        .faults([SubmissionFault(pointer, problem)])
    }
}
