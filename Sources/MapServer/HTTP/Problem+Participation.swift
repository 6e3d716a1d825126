import Contributions
import Curation
import HTTPTypes
import MapFormats

/// What people are told whose contribution, change or decision is not taken: in their language, field by field.
extension Problem {
    init(_ error: SubmissionError, _ language: Language) {
        switch error {
        case .notJSON(let error):
            self.init(
                status: .badRequest, code: "InvalidBody", detail: error.description,
                headers: Self.fields(language))
        case .faults(let faults):
            self.init(
                status: .unprocessableContent, code: "InvalidContribution",
                detail: faults.map { $0.problem.sentence(in: language) }.joined(separator: " "),
                faults: faults.map { Self.member($0, language) }, headers: Self.fields(language))
        }
    }

    private static func member(_ fault: SubmissionFault, _ language: Language) -> JSONValue {
        [
            "pointer": .string(fault.pointer), "code": .string(fault.problem.code),
            "detail": .string(fault.problem.sentence(in: language)),
        ]
    }

    init(_ error: CurationError, _ language: Language) {
        if case .decision(let place, let cause) = error {
            self.init(cause, language)
            faults = [["pointer": .string("/decisions/\(place)"), "code": .string(code), "detail": .string(detail)]]
            return
        }
        let (status, code) = Self.name(error)
        self.init(
            status: status, code: code, detail: error.sentence(in: language), headers: Self.fields(language))
        switch error {
        case .notOpenYet(let opens, let day):
            members["opens"] = DateAndTime.text(seconds: opens).map(JSONValue.string)
            members["opensOn"] = .string(day)
        case .closed(let since): members["closed"] = DateAndTime.text(seconds: since).map(JSONValue.string)
        case .changedSince(let revision): members["revision"] = .integer(Int64(revision))
        case .encounterAsleep(let next):
            members["from"] = next.flatMap { DateAndTime.text(seconds: $0.period.start) }.map(JSONValue.string)
            members["to"] = next?.period.end.flatMap(DateAndTime.text).map(JSONValue.string)
        case .unknownEncounter, .encounterOver, .notAnEncounter: break
        case .invitationNeeded, .curatorsOnly, .keyReused, .unknownContribution, .reasonsNeeded, .notPossible,
            .hiddenByCurator, .alreadyCoarser, .notAnAccess, .alreadyDecided, .parentsOnPaperNotAllowed, .paused,
            .nothingToDecide, .revisionNeeded, .nothingToAnswer, .decision, .unknownEmbed, .embedTakesNone,
            .mirrored, .notAMirror:
            break
        case .decidedSince(let state): members["state"] = .string(state.rawValue)
        case .erased(let notice):
            members["decisions"] = [StatementDocument.statement(notice, contestedAt: nil, language)]
        }
    }

    private static func name(_ error: CurationError) -> (HTTPResponse.Status, String) {
        switch error {
        case .notOpenYet: (.forbidden, "NotOpenYet")
        case .closed: (.forbidden, "Closed")
        case .mirrored: (.forbidden, "Mirrored")
        case .notAMirror: (.conflict, "NotAMirror")
        case .invitationNeeded: (.forbidden, "InvitationNeeded")
        case .curatorsOnly: (.forbidden, "CuratorsOnly")
        case .keyReused: (.unprocessableContent, "KeyReused")
        case .unknownContribution: (.notFound, "NotFound")
        case .changedSince: (.conflict, "ChangedSince")
        case .reasonsNeeded: (.unprocessableContent, "ReasonsNeeded")
        case .notPossible: (.conflict, "NotPossible")
        case .hiddenByCurator: (.forbidden, "HiddenByCurator")
        case .alreadyCoarser: (.conflict, "AlreadyCoarser")
        case .notAnAccess: (.notFound, "NotFound")
        case .alreadyDecided: (.conflict, "AlreadyDecided")
        case .parentsOnPaperNotAllowed: (.forbidden, "ParentsOnPaperNotAllowed")
        case .unknownEncounter: (.notFound, "UnknownCode")
        case .encounterAsleep: (.forbidden, "EncounterAsleep")
        case .encounterOver: (.forbidden, "EncounterOver")
        case .notAnEncounter: (.conflict, "NotAnEncounter")
        case .paused: (.forbidden, "Paused")
        case .nothingToDecide: (.notFound, "NotFound")
        case .decidedSince: (.conflict, "DecidedSince")
        case .revisionNeeded: (.unprocessableContent, "RevisionNeeded")
        case .nothingToAnswer: (.conflict, "NothingToAnswer")
        case .erased: (.gone, "Erased")
        case .decision(_, let error): name(error)
        case .unknownEmbed: (.notFound, "NotFound")
        case .embedTakesNone: (.forbidden, "EmbedTakesNone")
        }
    }

    private static func fields(_ language: Language) -> HTTPFields { [.contentLanguage: language.rawValue] }
}
