import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats

/// Codes on their way to a wall. The store cannot tell what a code is, so who prints it sends it along: as it was
/// answered when it was issued.
enum PrintRoutes {
    /// Bytes: a whole print's codes.
    private static let largestBody = 131_072

    /// `POST /encounters/{id}/codes/{codeId}/code.svg`
    static func drawing(_ request: RouteRequest) async throws -> Reply {
        Reply(.bytes(Array(try await code(request).svg.utf8)), mediaType: "image/svg+xml")
    }

    /// `POST /encounters/{id}/codes/{codeId}/code.png`
    static func picture(_ request: RouteRequest) async throws -> Reply {
        guard let bytes = try await code(request).png else { throw WebError.damagedContent }
        return Reply(.bytes(bytes), mediaType: "image/png")
    }

    private static func code(_ request: RouteRequest) async throws -> QRCode {
        let token = try request.requireToken()
        let address = try request.site.printableURL()
        guard let point = PublicIdentifier(try request.capture("id")),
            let identifier = PublicIdentifier(try request.capture("codeId"))
        else { throw CurationError.unknownContribution }
        var reader = try MemberReader(
            SubmissionReader.value(await request.body.bytes()), known: ["code", "id", "label", "link"])
        let code = Self.code(reader.given("code"), at: "/code", &reader)
        try reader.finish()
        guard let code else { throw CurationError.notAnAccess }
        let printed = PrintedCode(point: point, issued: IssuedCode(identifier: identifier, label: "", code: code))
        let known = try request.site.participation.recognise(printed, by: token)
        guard let drawn = QRCode(Self.link(known, at: address)) else { throw WebError.damagedContent }
        return drawn
    }

    /// `GET /moderation/{layer}/encounters`
    static func points(_ request: RouteRequest) throws -> Reply {
        let (layer, token) = try reviewed(request)
        let points = try request.site.participation.points(of: layer, by: token).map { point -> JSONValue in
            [
                "id": .string(point.identifier.description), "title": .string(point.title),
                "public": .boolean(point.isPublic), "standing": .string(point.standing.rawValue),
                "state": .string(point.face.state(at: request.now, in: request.site.localTime).rawValue),
                "codes": .integer(Int64(point.codes)),
            ]
        }
        return Reply(.bytes(JSONObject.encoded(["points": .array(points)])), mediaType: MediaType.json)
    }

    /// `POST /moderation/{layer}/codes`
    static func issueAll(_ request: RouteRequest) async throws -> Reply {
        let (layer, token) = try reviewed(request)
        let address = try request.site.printableURL()
        let body = try SubmissionReader.value(await request.body.bytes())
        var reader = try MemberReader(body, known: ["label", "points"])
        let label = reader.line("label", longest: ContributionLimits.author) ?? ""
        let points = reader.choice("points", PointChoice.self) ?? .without
        try reader.finish()
        let issued = try await request.site.participation.issueCodes(
            labelled: label, in: layer, isForAll: points == .all, by: token, at: request.now)
        let snapshot = request.site.layers[layer]?.snapshot
        let codes = try issued.map { printed -> JSONValue in
            let title = try snapshot.map { try PointOnWall(printed.point, in: $0).title } ?? ""
            return [
                "point": .string(printed.point.description), "title": .string(title),
                "id": .string(printed.issued.identifier.description), "label": .string(printed.issued.label),
                "code": .string(printed.issued.code.text), "link": .string(Self.link(printed, at: address)),
            ]
        }
        var reply = Reply(
            .bytes(JSONObject.encoded(["codes": .array(codes)])), mediaType: MediaType.json)
        reply.status = .created
        return reply
    }

    private enum PointChoice: String, CaseIterable { case without, all }

    /// `POST /moderation/{layer}/sheets`
    static func sheets(_ request: RouteRequest) async throws -> Reply {
        let (layer, token) = try reviewed(request)
        let address = try request.site.printableURL()
        guard let published = request.site.layers[layer] else { throw CurationError.unknownContribution }
        let asked = try codes(SubmissionReader.value(await request.body.bytes(atMost: largestBody)))
        let frame = try PageFrame(request)
        let snapshot = published.snapshot
        let sheets = try asked.map { printed -> CodeSheet in
            let known = try request.site.participation.recognise(printed, by: token)
            let point = try PointOnWall(known.point, in: snapshot)
            guard let code = QRCode(Self.link(known, at: address)) else { throw WebError.damagedContent }
            return CodeSheet(known, point, code, at: address, frame.words)
        }
        var reply = try request.site.pages.reply(
            "sheets",
            [
                "title": published.layer.title, "sheets": sheets.map(\.values), "count": sheets.count,
                "address": address,
            ], in: frame)
        reply.entityTag = nil
        return reply
    }

    /// The codes that somebody has sent to be printed.
    private static func codes(_ value: JSONValue) throws(SubmissionError) -> [PrintedCode] {
        var reader = try MemberReader(value, known: ["codes"])
        guard case .array(let values)? = reader.given("codes"), !values.isEmpty else {
            throw .faults([SubmissionFault("/codes", .missing)])
        }
        if values.count > Participation.sheetsOfPrint {
            reader.fail("/codes", .tooMany(found: values.count, limit: Participation.sheetsOfPrint))
        }
        var printed: [PrintedCode] = []
        for (place, value) in values.prefix(Participation.sheetsOfPrint).enumerated() {
            let pointer = "/codes/\(place)"
            let point = identifier(value["point"], at: pointer + "/point", &reader)
            let identifier = identifier(value["id"], at: pointer + "/id", &reader)
            guard let point, let identifier, let code = code(value["code"], at: pointer + "/code", &reader) else {
                continue
            }
            printed.append(
                PrintedCode(point: point, issued: IssuedCode(identifier: identifier, label: "", code: code)))
        }
        try reader.finish()
        return printed
    }

    private static func identifier(
        _ value: JSONValue?, at pointer: String, _ reader: inout MemberReader
    ) -> PublicIdentifier? {
        let identifier = value?.text.flatMap { PublicIdentifier($0) }
        if identifier == nil { reader.fail(pointer, value == nil ? .missing : .malformedIdentifier) }
        return identifier
    }

    private static func code(_ value: JSONValue?, at pointer: String, _ reader: inout MemberReader) -> PaperCode? {
        let code = value?.text.flatMap { PaperCode($0) }
        if code == nil { reader.fail(pointer, value == nil ? .missing : .malformedCode) }
        return code
    }

    static func link(_ printed: PrintedCode, at address: String) -> String {
        "\(address)/e/\(printed.issued.code.text)"
    }

    /// The layer of the address, for who may review there; for all others there is none.
    private static func reviewed(_ request: RouteRequest) throws -> (LayerIdentifier, AccessToken) {
        let layer = try LayerIdentifier(request.capture("layer"))
        let token = try request.requireToken()
        guard token.mayReview(layer), request.site.layers[layer] != nil else { throw CurationError.unknownContribution }
        return (layer, token)
    }
}
