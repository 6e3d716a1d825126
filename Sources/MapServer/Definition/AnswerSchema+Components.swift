import MapFormats

extension AnswerSchema {
    /// How an answer names its schema.
    var reference: JSONValue {
        self == .opaque ? [:] : ["$ref": .string("#/components/schemas/\(rawValue)")]
    }

    /// All schemas by their names.
    static var components: JSONObject {
        var components = JSONObject(allCases.filter { $0 != .opaque }.map { ($0.rawValue, $0.schema) })
        components["link"] = object(
            ["href": text, "rel": text, "type": text, "title": text, "templated": ["type": "boolean"]],
            ["href", "rel"])
        components["problem"] = object(
            [
                "type": text, "title": text, "status": ["type": "integer"], "detail": text, "code": text,
                "description": text, "parameter": text,
                "errors": array(of: object(["pointer": text, "code": text, "detail": text], ["pointer", "code"])),
            ],
            ["code", "description"])
        return components
    }

    static let text: JSONValue = ["type": "string"]
    private static let links: JSONValue = ["type": "array", "items": ["$ref": "#/components/schemas/link"]]
    static let anyObject: JSONValue = ["type": "object"]

    static func object(_ properties: JSONObject, _ required: [String]) -> JSONValue {
        var members: JSONObject = ["type": "object", "properties": .object(properties)]
        // An empty list is not allowed there.
        if !required.isEmpty { members["required"] = .array(required.map(JSONValue.string)) }
        return .object(members)
    }

    static func array(of items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    private var schema: JSONValue {
        switch self {
        case .landingPage:
            Self.object(["title": Self.text, "description": Self.text, "links": Self.links], ["links"])
        case .confClasses: Self.object(["conformsTo": Self.array(of: Self.text)], ["conformsTo"])
        case .collections:
            Self.object(
                ["links": Self.links, "collections": Self.array(of: ["$ref": "#/components/schemas/collection"])],
                ["links", "collections"])
        case .collection: Self.collectionSchema
        case .featureCollection: Self.featureCollectionSchema
        case .feature: Self.featureSchema
        case .tileJSON:
            Self.object(
                [
                    "tilejson": ["type": "string", "enum": ["3.0.0"]], "tiles": Self.array(of: Self.text),
                    "vector_layers": Self.array(of: Self.anyObject),
                ],
                ["tilejson", "tiles", "vector_layers"])
        case .styles: Self.object(["styles": Self.array(of: Self.anyObject), "links": Self.links], ["styles"])
        case .style: Self.object(["version": ["type": "integer", "enum": [8]]], ["version", "sources", "layers"])
        case .health:
            Self.object(
                ["status": Self.oneOf(["ok", "failing"]), "writing": Self.oneOf(["ok", "failing"])], ["status"])
        case .tileMatrixSets: Self.object(["tileMatrixSets": Self.array(of: Self.anyObject)], ["tileMatrixSets"])
        case .tileMatrixSet: Self.object(["tileMatrices": Self.array(of: Self.anyObject)], ["tileMatrices"])
        case .tilesets:
            Self.object(
                ["tilesets": Self.array(of: ["$ref": "#/components/schemas/tileset"]), "links": Self.links],
                ["tilesets"])
        case .tileset:
            Self.object(
                ["dataType": Self.text, "crs": Self.text, "title": Self.text, "links": Self.links],
                ["dataType", "crs", "links"])
        case .propertySchema:
            Self.object(
                [
                    "$schema": Self.text, "$id": ["type": "string", "format": "uri"],
                    "type": ["type": "string", "enum": ["object"]], "properties": Self.anyObject,
                ],
                ["$schema", "$id", "type", "properties"])
        case .apiDefinition, .opaque: Self.anyObject
        case .contribution, .acceptance, .ownEverything, .receiptRequest, .visit, .moderationQueue, .decision,
            .standing, .decisions, .standings, .pause, .paused:
            writingSchema
        case .report, .reportAcceptance, .ownReport, .reportDecision, .receiptReissue, .newReceipt, .moderationHistory,
            .parentView, .parentAnswer:
            reportSchema
        case .encounter, .encounterCodes, .codeRequest, .issuedCode, .arrival: encounterSchema
        case .partners, .partner, .partnerRequest, .embeds, .embed, .embedRequest, .standingRule, .clearanceList,
            .clearanceRequest, .clearanceOutcome:
            partnerSchema
        case .codeImageRequest, .layerCodesRequest, .layerCodes, .sheetsRequest, .layerRules, .layerRequest,
            .encounterPoints:
            craftSchema
        case .session, .sessionRequest, .tokens, .token, .tokenRequest, .journal, .importOutcome: deskSchema
        case .changes: Self.changesSchema
        case .usage: Self.object(["since": Self.text, "days": Self.array(of: Self.anyObject)], ["since", "days"])
        }
    }

    private static let collectionSchema = object(
        [
            "id": text, "title": text, "description": text, "links": links, "itemType": text,
            "extent": anyObject, "crs": array(of: text),
        ],
        ["id", "links"])

    private static let featureCollectionSchema = object(
        [
            "type": ["type": "string", "enum": ["FeatureCollection"]],
            "features": array(of: ["$ref": "#/components/schemas/feature"]), "links": links,
            "timeStamp": ["type": "string", "format": "date-time"],
            "numberMatched": ["type": "integer", "minimum": 0], "numberReturned": ["type": "integer", "minimum": 0],
        ],
        ["type", "features"])

    /// A cluster of a tile has a number for its id; in tiles of several layers each feature names its own.
    private static let featureSchema = object(
        [
            "type": ["type": "string", "enum": ["Feature"]],
            "id": ["oneOf": [["type": "string"], ["type": "integer"]]],
            "geometry": ["type": "object", "nullable": true, "required": ["type"], "properties": ["type": text]],
            "properties": ["type": "object", "nullable": true], "collection": text,
            "distance": ["type": "number", "minimum": 0],
            "links": links,
        ],
        ["type", "geometry", "properties"])
}
