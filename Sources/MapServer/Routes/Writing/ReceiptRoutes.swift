import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats

/// A receipt shown at the door: a paper code, or a token, for the contribution that it opens.
enum ReceiptRoutes {
    /// `POST /receipts`
    static func open(_ request: RouteRequest) async throws -> Reply {
        try request.requireFewFailures()
        let value = try SubmissionReader.value(await request.body.bytes())
        let (stored, token) = try request.countingFailures(of: .unknownContribution) {
            try open(value, request)
        }
        return Reply(
            .bytes(
                JSONObject.encoded([
                    "layer": .string(stored.layer.text), "id": .string(stored.identifier.description),
                    "token": .string(token.text),
                ])), mediaType: MediaType.json)
    }

    private static func open(
        _ value: JSONValue, _ request: RouteRequest
    ) throws -> (stored: OpenedContribution, token: Secret) {
        let participation = request.site.participation
        guard case .object(let members) = value, members.count == 1, let member = members.members.first else {
            throw SubmissionError.faults([SubmissionFault("/code", .missing)])
        }
        switch (member.name, member.value) {
        case ("code", .string(let text)):
            guard let code = PaperCode(text) else {
                throw SubmissionError.faults([SubmissionFault("/code", .malformedCode)])
            }
            let opened = try participation.open(code)
            let visit = request.site.visits.begin(opened.handle, at: request.site.clock())
            // Who was given a new receipt meanwhile has ended the visits of the old one, perhaps before this began.
            guard try participation.open(code).handle == opened.handle else { throw CurationError.unknownContribution }
            return (opened, visit)
        case ("token", .string(let text)):
            guard let token = Secret(text) else { throw CurationError.unknownContribution }
            return (try participation.open(token), token)
        case ("code", _), ("token", _):
            throw SubmissionError.faults([SubmissionFault("/\(member.name)", .wrongType)])
        default:
            throw SubmissionError.faults([
                SubmissionFault(SubmissionFault.pointer(toMember: member.name), .unknownMember)
            ])
        }
    }
}
