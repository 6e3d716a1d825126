/// What the API definition says of a route, beside its address and parameters.
struct Operation: Sendable {
    /// Unique, and with the endings that OGC API Tiles asks for.
    let identifier: String
    let summary: String
    let answers: [Answer]

    init(_ identifier: String, _ summary: String, _ answers: Answer...) {
        self.identifier = identifier
        self.summary = summary
        self.answers = answers
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
    /// A body that no JSON schema describes: CSV, lines, vector tiles, pages.
    case opaque
}
