import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats
import SpatialDatabase
import SpatialIndex

/// What a partner agrees to show: what waits, what shows, and their answers.
enum ClearanceRoutes {
    static let listParameters: [Parameter] = [.limit, .cursor]

    /// `GET /embeds/{key}/waiting`
    static func waiting(_ request: RouteRequest) throws -> Reply {
        try list(request) { try request.site.layers.features(.waiting, for: $0, after: $1, limit: $2) }
    }

    /// `GET /embeds/{key}/refused`
    static func refused(_ request: RouteRequest) throws -> Reply {
        try list(request) { try request.site.layers.features(.refused, for: $0, after: $1, limit: $2) }
    }

    /// `GET /embeds/{key}/cleared`
    static func cleared(_ request: RouteRequest) throws -> Reply {
        try list(request) { embed, key, limit in
            let page = embed.shown.snapshot.features(after: key, limit: limit)
            return (Array(page.features), page.next)
        }
    }

    private static func list(
        _ request: RouteRequest,
        _ read: (PublishedEmbed, PageKey?, Int) throws -> (features: [FeatureReference], next: PageKey?)
    ) throws -> Reply {
        let key = try EmbedRoutes.named(request, by: try request.requireToken()).key
        guard let embed = request.site.layers.embed(key) else { throw CurationError.unknownContribution }
        let parser = FeatureQueryParser(parameters: request.parameters)
        let question = PageCursor.Question(layer: request.path, request.parameters)
        let after = try parser.value(.cursor) { PageCursor($0, of: question) }?.order()
        let page = try read(embed, after, try parser.limit())
        let next = page.next.map { PageCursor.inOrder($0).text(of: question) }
        return PartnerRoutes.reply([
            "items": .array(try page.features.map(entry)), "next": next.map(JSONValue.string) ?? .null,
        ])
    }

    private static func entry(_ feature: FeatureReference) throws -> JSONValue {
        var text: [UInt8] = []
        feature.appendText(to: &text)
        return [
            "id": .string(PublicIdentifier(bits: feature.identifier).description), "form": .string(feature.form.text),
            "feature": try JSONParser.parse(text),
        ]
    }

    /// Bytes: a thousand answers, each with an id and a form.
    private static let largestBody = 131_072

    /// `POST /embeds/{key}/clearances`
    static func answer(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        let key = try EmbedRoutes.named(request, by: token).key
        let value = try SubmissionReader.value(await request.body.bytes(atMost: largestBody))
        let participation = request.site.participation
        if case .object(let members) = value, members.count == 1, members["clear"] == "all" {
            let count = try await participation.clearAll(for: key, by: token, at: request.now)
            return PartnerRoutes.reply(document(ClearanceOutcome(), cleared: count))
        }
        let answers = try answers(value)
        let outcome = try await participation.answer(answers, for: key, by: token, at: request.now)
        return PartnerRoutes.reply(document(outcome, cleared: outcome.cleared.count))
    }

    private static func document(_ outcome: ClearanceOutcome, cleared: Int) -> JSONObject {
        [
            "cleared": .integer(Int64(cleared)), "refused": .integer(Int64(outcome.refused.count)),
            "withdrawn": .integer(Int64(outcome.withdrawn.count)),
            "changed": .array(outcome.changed.map { .string($0.description) }),
            "unknown": .array(outcome.unknown.map { .string($0.description) }),
        ]
    }

    private static func answers(_ value: JSONValue) throws(SubmissionError) -> ClearanceAnswers {
        var reader = try MemberReader(value, known: ["clear", "refuse", "withdraw"])
        var answers = ClearanceAnswers()
        answers.clear = requests(&reader)
        answers.refuse = identifiers("refuse", &reader)
        answers.withdraw = identifiers("withdraw", &reader)
        if answers.count > ClearanceAnswers.most {
            reader.fail("", .tooMany(found: answers.count, limit: ClearanceAnswers.most))
        } else if answers.count == 0, reader.faults.isEmpty {
            reader.fail("/clear", .missing)
        }
        try reader.finish()
        return answers
    }

    private static func identifiers(_ name: String, _ reader: inout MemberReader) -> [PublicIdentifier] {
        var found: [PublicIdentifier] = []
        for item in reader.texts(name, most: ClearanceAnswers.most) {
            if let identifier = PublicIdentifier(item.text) {
                found.append(identifier)
            } else {
                reader.fail(item.pointer, .malformedIdentifier)
            }
        }
        return found
    }

    /// Each names the form that was looked at: nothing is cleared unseen.
    private static func requests(_ reader: inout MemberReader) -> [ClearanceRequest] {
        guard let value = reader.given("clear") else { return [] }
        guard case .array(let values) = value else {
            reader.fail("/clear", .wrongType)
            return []
        }
        if values.count > ClearanceAnswers.most {
            reader.fail("/clear", .tooMany(found: values.count, limit: ClearanceAnswers.most))
            return []
        }
        var found: [ClearanceRequest] = []
        for (place, value) in values.enumerated() {
            guard let text = value["id"]?.text, let identifier = PublicIdentifier(text) else {
                reader.fail("/clear/\(place)/id", value["id"] == nil ? .missing : .malformedIdentifier)
                continue
            }
            guard let text = value["form"]?.text, let form = PublishedForm(text) else {
                reader.fail("/clear/\(place)/form", value["form"] == nil ? .missing : .malformedIdentifier)
                continue
            }
            found.append(ClearanceRequest(identifier: identifier, form: form))
        }
        return found
    }
}
