import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialDatabase

/// What authors are sent of their own.
enum OwnDocument {
    /// The answer to a contribution: what shows, and the receipt.
    static func acceptance(_ acceptance: Acceptance, publicURL: String) -> [UInt8] {
        let receipt = acceptance.receipt
        var shows: JSONObject = ["precision": .string(acceptance.shows.precision.rawValue)]
        if let cell = acceptance.shows.cell {
            shows["precision_m"] = .integer(Int64(cell.side.metres))
            shows["cell"] = .string(cell.name)
        }
        shows["geometry"] = geometry(acceptance.shows.geometry)
        var document: JSONObject = [
            "id": .string(acceptance.identifier.description), "state": .string(acceptance.state.rawValue),
            "shows": .object(shows),
            "receipt": Self.receipt(receipt, link: "\(publicURL)/mine#\(receipt.token.text)"),
        ]
        if let parent = acceptance.parent {
            document["parent"] = [
                "link": .string("\(publicURL)/parents/\(parent.code.text)"), "code": .string(parent.code.text),
                "expires": moment(parent.answerBy),
            ]
        }
        return document.bytes
    }

    static func receipt(_ receipt: Receipt, link: String) -> JSONValue {
        ["token": .string(receipt.token.text), "code": .string(receipt.code.text), "link": .string(link)]
    }

    private static func geometry(_ geometry: Geometry?) -> JSONValue {
        guard let geometry else { return .null }
        var bytes: [UInt8] = []
        GeoJSONWriter(decimals: PublishedFeature.decimals).append(geometry, to: &bytes)
        return (try? JSONParser.parse(bytes)) ?? .null
    }

    /// One's own as a feature: the latest version, where it stands, and what was decided about it.
    static func feature(_ own: OwnContribution, publicURL: String, _ language: Language) throws -> [UInt8] {
        var bytes = try own.feature()
        bytes.removeLast()
        bytes += Array(",".utf8)
        var more = JSONObject()
        for member in standing(own, publicURL, language).members { more[member.name] = member.value }
        more["links"] = links(own, publicURL)
        bytes += more.bytes.dropFirst()
        return bytes
    }

    static func collection(_ own: OwnContribution) throws -> [UInt8] {
        Array(#"{"type":"FeatureCollection","features":["#.utf8) + (try own.feature()) + Array("]}".utf8)
    }

    /// Everything that is held.
    static func everything(
        _ own: OwnContribution, publicURL: String, _ language: Language, _ texts: ConsentTexts
    ) throws -> [UInt8] {
        var document = standing(own, publicURL, language)
        document["layer"] = .string(own.layer.text)
        document["feature"] = try JSONParser.parse(try own.feature())
        document["shown"] = own.stored.isPublic ? try JSONParser.parse(try own.shown()) : .null
        document["consents"] = .array(
            own.consents.map { consent($0, publicURL, texts) })
        document["age_band"] = own.stored.ageBand.map { .string($0.rawValue) }
        document["parent"] = own.stored.parent.map(parent)
        document["media"] = []
        document["links"] = links(own, publicURL)
        return document.bytes
    }

    /// A proof, with the words agreed to and where the rules are read that stood beside them.
    private static func consent(_ proof: ConsentProof, _ publicURL: String, _ texts: ConsentTexts) -> JSONValue {
        var document: JSONObject = [
            "purpose": .string(proof.purpose), "text_version": .string(proof.textVersion),
            "given": moment(proof.givenAt), "withdrawn": moment(proof.withdrawnAt),
        ]
        let (sentence, rules) = texts.words(of: proof)
        document["sentence"] = sentence.map(JSONValue.string)
        document["rules"] = rules.map { .string("\(publicURL)/pages/rules?version=\($0)") }
        return .object(document)
    }

    private static func parent(_ agreement: ParentAgreement) -> JSONValue {
        [
            "on_paper": .boolean(agreement.isOnPaper), "answer_by": moment(agreement.answerBy),
            "agreed_revision": agreement.agreedRevision.map { .integer(Int64($0)) } ?? .null,
        ]
    }

    private static func standing(_ own: OwnContribution, _ publicURL: String, _ language: Language) -> JSONObject {
        var standing: JSONObject = [
            "state": .string(own.state.rawValue), "revision": .integer(Int64(own.revision)),
            "change_waiting": .boolean(own.isChangeWaiting), "is_public": .boolean(own.stored.isPublic),
            "decisions": .array(
                own.decisions.map {
                    StatementDocument.statement($0, contestedAt: address(own, publicURL), language)
                }),
        ]
        standing["question"] = own.stored.inquiry?.question.map(JSONValue.string)
        standing["answer"] = own.stored.inquiry?.answer.map(JSONValue.string)
        return standing
    }

    private static func address(_ own: OwnContribution, _ publicURL: String) -> String {
        "\(publicURL)/collections/\(own.layer)/items/\(own.identifier)"
    }

    private static func links(_ own: OwnContribution, _ publicURL: String) -> JSONValue {
        let collection = "\(publicURL)/collections/\(own.layer)"
        let address = address(own, publicURL)
        return Link.array([
            Link("self", address, type: MediaType.geoJSON), Link("collection", collection, type: MediaType.json),
            Link("related", address + "/mine", type: MediaType.json, title: "Everything that is held"),
        ])
    }

    static func moment(_ seconds: Int64?) -> JSONValue {
        seconds.flatMap(DateAndTime.text).map(JSONValue.string) ?? .null
    }
}
