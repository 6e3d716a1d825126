import HTTPTypes
import MapFormats

/// The OpenAPI 3.0 document, made of the table that serves, so that it cannot say anything else.
struct APIDefinition {
    let publicURL: String
    let routes: [Route]
    /// The URIs of the coordinate reference systems, the default first.
    let referenceSystems: [String]

    var document: JSONObject {
        var paths = JSONObject()
        for route in routes {
            guard let operation = route.operation else { continue }
            var path = JSONObject()
            if case .object(let before)? = paths[route.template] { path = before }
            path[route.method.rawValue.lowercased()] = .object(description(of: route, operation))
            paths[route.template] = .object(path)
        }
        return [
            "openapi": "3.0.3",
            "info": [
                "title": "Lieudit", "version": "1.0.0",
                "description": "Géographie du sensible : lieux, souvenirs et points de rencontre.",
                "license": ["name": "AGPL-3.0-or-later"],
            ],
            "servers": [["url": .string(publicURL)]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(AnswerSchema.components),
                "securitySchemes": [
                    "bearer": [
                        "type": "http", "scheme": "bearer",
                        "description": "The receipt of a contribution, or the token of a curator",
                    ]
                ],
            ],
        ]
    }

    private func description(of route: Route, _ operation: Operation) -> JSONObject {
        var description: JSONObject = [
            "operationId": .string(operation.identifier), "summary": .string(operation.summary),
            "parameters": .array(route.captureNames.map(pathParameter) + route.parameters.map(definition(of:))),
            "responses": .object(responses(of: route, operation)),
        ]
        addWriting(of: route, operation, to: &description)
        return description
    }

    private func pathParameter(_ name: String) -> JSONValue {
        [
            "name": .string(name), "in": "path", "required": true,
            "description": .string(CaptureDescription.texts[name] ?? name),
            "schema": CaptureDescription.schemas[name] ?? ["type": "string"],
        ]
    }

    private func definition(of parameter: Parameter) -> JSONValue {
        var members: JSONObject = [
            "name": .string(parameter.name), "in": "query", "required": false,
            "description": .string("Expected: " + parameter.expected), "schema": schema(parameter.schema),
        ]
        if parameter.schema.isList {
            members["style"] = "form"
            members["explode"] = false
        }
        return .object(members)
    }

    private func schema(_ schema: Parameter.Schema) -> JSONValue {
        guard case .referenceSystem = schema else { return schema.definition }
        return [
            "type": "string", "format": "uri", "enum": .array(referenceSystems.map(JSONValue.string)),
            "default": referenceSystems.first.map(JSONValue.string) ?? .null,
        ]
    }

    /// Every status that the route can answer with.
    private func responses(of route: Route, _ operation: Operation) -> JSONObject {
        var content = JSONObject()
        for answer in operation.answers { content[answer.mediaType] = ["schema": answer.schema.reference] }
        var answer: JSONObject = ["description": .string(operation.summary)]
        if !content.isEmpty { answer["content"] = .object(content) }
        var responses: JSONObject = [
            String(operation.success): .object(answer),
            "400": problem("A parameter is unknown or cannot be read"),
            "406": problem("None of the types asked for is offered"),
            "414": problem("The address is too long"),
            "500": problem("A fault of this server"),
            "503": problem("The server is busy or not well; ask again later"),
        ]
        if route.method == .get { responses["304"] = ["description": "What the client holds is still so"] }
        for (status, text) in writingProblems(of: route, operation) { responses[status] = problem(text) }
        if operation.hasRanges {
            responses["206"] = .object(answer)
            responses["416"] = problem("The range lies outside the file")
            responses["501"] = problem("What makes this format is not installed here")
            responses["507"] = problem("There is no room to make the file")
        }
        if !route.captureNames.isEmpty { responses["404"] = problem("There is nothing at this address") }
        guard route.countsGuesses else { return responses }
        // Who stands before a wall is told on a page, too.
        responses["404"] = problem("This code opens nothing", orPage: true)
        responses["429"] = problem("Too many codes that open nothing", orPage: true)
        return responses
    }

    private func problem(_ description: String, orPage hasPage: Bool = false) -> JSONValue {
        var content: JSONObject = [MediaType.problem: ["schema": ["$ref": "#/components/schemas/problem"]]]
        if hasPage { content[MediaType.page] = ["schema": AnswerSchema.opaque.reference] }
        return ["description": .string(description), "content": .object(content)]
    }
}

/// What stands between braces in the templates.
private enum CaptureDescription {
    static let texts = [
        "layer": "The id of a layer", "id": "The public id of a feature", "style": "The id of a style",
        "z": "Zoom, 0 to 22", "x": "Column, from the west", "y": "Row, from the north",
        "cluster": "The cluster_id of a cluster in a tile", "tileMatrix": "Zoom, 0 to 22",
        "tileRow": "Row, from the north", "tileCol": "Column, from the west",
        "reference": "The reference of a report",
        "code": "Twelve letters and digits, as they were handed on or stand on a wall, however they are typed",
        "codeId": "The id of a code, which opens nothing",
        "partner": "The id of a partner", "key": "The public key of an embed",
    ]

    private static let number: JSONValue = ["type": "integer", "minimum": 0]

    static let schemas: [String: JSONValue] = [
        "layer": ["type": "string", "pattern": "^[a-z0-9-]{1,64}$"],
        "id": ["type": "string", "pattern": "^[0-7][0-9a-hjkmnp-tv-z]{25}$"],
        "codeId": ["type": "string", "pattern": "^[0-7][0-9a-hjkmnp-tv-z]{25}$"],
        "z": ["type": "integer", "minimum": 0, "maximum": 22], "x": number, "y": number, "cluster": number,
        "tileMatrix": ["type": "string", "pattern": "^([0-9]|1[0-9]|2[0-2])$"], "tileRow": number, "tileCol": number,
        "partner": ["type": "string", "pattern": "^[0-7][0-9a-hjkmnp-tv-z]{25}$"],
        "key": ["type": "string", "pattern": "^[0-7][0-9a-hjkmnp-tv-z]{25}$"],
    ]
}

extension Parameter.Schema {
    fileprivate var isList: Bool {
        switch self {
        case .numbers, .severalOf, .texts: true
        case .text, .number, .wholeNumber, .oneOf, .referenceSystem: false
        }
    }

    /// As JSON Schema has it; nothing that OpenAPI 3.0 does not know either.
    var definition: JSONValue {
        switch self {
        case .text, .referenceSystem: ["type": "string", "minLength": 1]
        case .number(let range):
            ["type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
        case .wholeNumber(let range, let byDefault):
            [
                "type": "integer", "minimum": .integer(Int64(range.lowerBound)),
                "maximum": .integer(Int64(range.upperBound)), "default": .integer(Int64(byDefault)),
            ]
        case .numbers(let count):
            [
                "type": "array", "items": ["type": "number"], "minItems": .integer(Int64(count.lowerBound)),
                "maxItems": .integer(Int64(count.upperBound)),
            ]
        case .oneOf(let values): ["type": "string", "enum": .array(values.map(JSONValue.string))]
        case .severalOf(let values):
            [
                "type": "array", "items": ["type": "string", "enum": .array(values.map(JSONValue.string))],
                "minItems": 1,
            ]
        case .texts: ["type": "array", "items": ["type": "string", "minLength": 1], "minItems": 1]
        }
    }
}
