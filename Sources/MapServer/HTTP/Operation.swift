/// What the API definition says of a route, beside its address and parameters.
struct Operation: Sendable {
    /// Unique, and with the endings that OGC API Tiles asks for.
    let identifier: String
    let summary: String
    let answers: [Answer]
    /// What an answer that all went well with has for its status.
    private(set) var success = 200
    /// The JSON that must come with it; nil for none.
    private(set) var body: AnswerSchema?
    /// Whether parts of the answer may be asked for (RFC 9110, section 14).
    private(set) var hasRanges = false
    /// What must stand in `Authorization`.
    private(set) var security = Security.none

    enum Security: Sendable {
        case none
        /// The receipt of a contribution, or the token of a curator where that opens it too.
        case bearer
        /// May be there: then it opens more.
        case optionalBearer
        /// Nothing: a secret stands in the address itself.
        case secretAddress
    }

    init(_ identifier: String, _ summary: String, _ answers: Answer...) {
        self.identifier = identifier
        self.summary = summary
        self.answers = answers
    }

    var needsBearer: Bool { security == .bearer }

    var hasSecretAddress: Bool { security == .secretAddress }

    /// The same, for what writes or is for one person only.
    func taking(_ body: AnswerSchema? = nil, answering success: Int = 200, _ security: Security = .none) -> Operation {
        var operation = self
        operation.body = body
        operation.success = success
        operation.security = security
        return operation
    }

    /// The same, for a file that is made as a whole.
    func takingRanges() -> Operation {
        var operation = self
        operation.hasRanges = true
        return operation
    }

    /// A representation that a 200 may have.
    struct Answer: Sendable {
        let mediaType: String
        let schema: AnswerSchema

        init(_ mediaType: String, _ schema: AnswerSchema) {
            self.mediaType = mediaType
            self.schema = schema
        }
    }
}

/// The schemas of answers, by their names in the API definition.
enum AnswerSchema: String, CaseIterable, Sendable {
    case landingPage, confClasses, collections, collection, featureCollection, feature, tileJSON, styles, style, health
    case tileMatrixSets, tileMatrixSet, tilesets, tileset, apiDefinition, propertySchema
    case contribution, acceptance, ownEverything, receiptRequest, visit, moderationQueue, decision, standing
    case report, reportAcceptance, ownReport, reportDecision, receiptReissue, newReceipt, moderationHistory
    case parentView, parentAnswer
    case encounter, encounterCodes, codeRequest, issuedCode, arrival
    case decisions, standings, pause, paused
    case partners, partner, partnerRequest, embeds, embed, embedRequest, standingRule, clearanceList, clearanceRequest
    case clearanceOutcome
    case codeImageRequest, layerCodesRequest, layerCodes, sheetsRequest, layerRules, layerRequest, encounterPoints
    case session, sessionRequest, tokens, token, tokenRequest, journal, importOutcome, changes, usage
    /// A body that no JSON schema describes: CSV, lines, vector tiles, pages.
    case opaque
}
