import Curation
import MapFormats

/// Reads what a parent has answered.
enum ParentAnswerBody {
    /// `{"agree": true|false}` or `{"withdraw": true}`; with an agreement `revision` and
    /// `consents: {"partners": false}`, which takes partner sites out again.
    /// - Throws: `SubmissionError`.
    static func document(_ bytes: [UInt8]) throws(SubmissionError) -> ParentalAnswer {
        guard case .object(let body) = try SubmissionReader.value(bytes) else { throw fault("", .wrongType) }
        for member in body.members where !["agree", "withdraw", "revision", "consents"].contains(member.name) {
            throw fault(SubmissionFault.pointer(toMember: member.name), .unknownMember)
        }
        switch (body["agree"], body["withdraw"]) {
        case (.boolean(true)?, nil):
            return .agree(revision: try revision(body["revision"]), partners: try partners(body["consents"]))
        case (.boolean(false)?, nil): return .refuse
        case (nil, .boolean(true)?): return .withdraw
        case (nil, nil): throw fault("/agree", .missing)
        case (nil, _), (.some, .some): throw fault("/withdraw", .wrongType)
        case (.some, nil): throw fault("/agree", .wrongType)
        }
    }

    /// What the form of our page sends: `answer`, and the `revision` that the page has shown.
    static func form(_ bytes: [UInt8]) throws -> ParentalAnswer {
        let fields = try QueryParameters(Substring(String(decoding: bytes, as: UTF8.self)))
        switch fields["answer"] {
        case "agree":
            guard let revision = fields["revision"].flatMap({ Int($0) }) else { throw fault("/revision", .missing) }
            return .agree(revision: revision, partners: nil)
        case "refuse": return .refuse
        case "withdraw": return .withdraw
        case nil: throw fault("/answer", .missing)
        default: throw fault("/answer", .notOneOf(["agree", "refuse", "withdraw"]))
        }
    }

    private static func revision(_ value: JSONValue?) throws(SubmissionError) -> Int? {
        switch value {
        case nil, .null: return nil
        case .integer(let number)?: return Int(number)
        default: throw fault("/revision", .wrongType)
        }
    }

    private static func partners(_ value: JSONValue?) throws(SubmissionError) -> Bool? {
        guard let value, value != .null else { return nil }
        guard case .object(let consents) = value else { throw fault("/consents", .wrongType) }
        for member in consents.members where member.name != "partners" {
            throw fault(SubmissionFault.pointer(toMember: member.name, of: "/consents"), .unknownMember)
        }
        guard let partners = consents["partners"] else { return nil }
        guard case .boolean(let flag) = partners else { throw fault("/consents/partners", .wrongType) }
        return flag
    }

    private static func fault(_ pointer: String, _ problem: SubmissionFault.Problem) -> SubmissionError {
        .faults([SubmissionFault(pointer, problem)])
    }
}
