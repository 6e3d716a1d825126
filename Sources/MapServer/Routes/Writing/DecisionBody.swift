import Contributions
import Curation
import Foundation
import MapFormats

/// What a curator has sent, read.
struct DecisionBody {
    let decision: Decision
    let reasons: String
    let ground: DecisionNotice.Ground
    let revision: Int?
    let state: ContributionState?

    private static let members: Set<String> = [
        "decision", "reasons", "ground", "revision", "state", "precision", "from", "question", "masks", "words",
    ]

    /// - Throws: `SubmissionError`.
    init(_ value: JSONValue, localTime: LocalTime) throws(SubmissionError) {
        guard case .object(let body) = value else { throw Self.fault("", .wrongType) }
        for member in body.members where !Self.members.contains(member.name) {
            throw Self.fault(SubmissionFault.pointer(toMember: member.name), .unknownMember)
        }
        let question = try Remark.read(body["question"], at: "/question")
        let reasons = try Remark.read(body["reasons"], at: "/reasons")
        ground = try Self.choice(body["ground"], at: "/ground") ?? .rules
        state = try Self.choice(body["state"], at: "/state")
        revision = try Self.revision(body["revision"])
        decision = try Self.decision(body, question: question.isEmpty ? reasons : question, localTime)
        // A question says by itself why the contribution is held.
        if case .ask(let question) = decision, reasons.isEmpty {
            self.reasons = question
        } else {
            self.reasons = reasons
        }
    }

    func request(about identifier: PublicIdentifier) -> DecisionRequest {
        DecisionRequest(
            decision, about: identifier, reasons: reasons, ground: ground, revision: revision, state: state)
    }

    private static func decision(
        _ body: JSONObject, question: String, _ localTime: LocalTime
    ) throws(SubmissionError) -> Decision {
        switch body["decision"] {
        case "publish": .publish(from: try moment(body["from"], localTime))
        case "reject": .reject
        case "hide": .hide
        case "coarsen": .coarsen(try precision(body["precision"]))
        case "ask": .ask(question: question)
        case "mask": .mask(try MaskBody.read(body))
        case "erase": .erase
        case nil: throw fault("/decision", .missing)
        default: throw fault("/decision", .notOneOf(Decision.names))
        }
    }

    private static func precision(_ value: JSONValue?) throws(SubmissionError) -> Precision {
        let offered = [Precision.about, .wide, .none]
        guard let precision = value?.text.flatMap(Precision.init), offered.contains(precision) else {
            throw fault("/precision", .notOneOf(offered.map(\.rawValue)))
        }
        return precision
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ value: JSONValue?, at pointer: String
    ) throws(SubmissionError) -> Choice? {
        guard let value, value != .null else { return nil }
        if let choice = value.text.flatMap(Choice.init(rawValue:)) { return choice }
        throw fault(pointer, .notOneOf(Choice.allCases.map(\.rawValue)))
    }

    private static func revision(_ value: JSONValue?) throws(SubmissionError) -> Int? {
        switch value {
        case nil, .null: return nil
        case .integer(let number)?: return Int(number)
        default: throw fault("/revision", .wrongType)
        }
    }

    /// A day begins where the instance stands.
    private static func moment(_ value: JSONValue?, _ localTime: LocalTime) throws(SubmissionError) -> Int64? {
        guard let value, value != .null else { return nil }
        guard let date = value.text.flatMap({ try? ExtendedDate($0) }) else { throw fault("/from", .notADate) }
        return localTime.start(of: date)
    }

    private static func fault(_ pointer: String, _ problem: SubmissionFault.Problem) -> SubmissionError {
        .faults([SubmissionFault(pointer, problem)])
    }
}

/// Several decisions in one body.
struct DecisionsBody {
    let requests: [DecisionRequest]

    static let most = 100

    /// - Throws: `SubmissionError`, each fault under the place of the decision that has it.
    init(_ value: JSONValue, localTime: LocalTime) throws(SubmissionError) {
        guard case .object(let body) = value else { throw Self.fault("", .wrongType) }
        for member in body.members where member.name != "decisions" {
            throw Self.fault(SubmissionFault.pointer(toMember: member.name), .unknownMember)
        }
        guard let decisions = body["decisions"] else { throw Self.fault("/decisions", .missing) }
        guard case .array(let items) = decisions else { throw Self.fault("/decisions", .wrongType) }
        guard items.count <= Self.most else {
            throw Self.fault("/decisions", .tooMany(found: items.count, limit: Self.most))
        }
        var requests: [DecisionRequest] = []
        for (place, item) in items.enumerated() {
            do throws(SubmissionError) {
                requests.append(try Self.request(item, localTime))
            } catch {
                guard case .faults(let faults) = error else { throw error }
                throw .faults(faults.map { $0.moved(under: "/decisions/\(place)") })
            }
        }
        self.requests = requests
    }

    private static func request(_ value: JSONValue, _ localTime: LocalTime) throws(SubmissionError) -> DecisionRequest {
        guard case .object(var item) = value else { throw fault("", .wrongType) }
        guard let name = item["id"] else { throw fault("/id", .missing) }
        guard let identifier = name.text.flatMap({ PublicIdentifier($0) }) else { throw fault("/id", .wrongType) }
        item["id"] = nil
        return try DecisionBody(.object(item), localTime: localTime).request(about: identifier)
    }

    private static func fault(_ pointer: String, _ problem: SubmissionFault.Problem) -> SubmissionError {
        .faults([SubmissionFault(pointer, problem)])
    }
}
