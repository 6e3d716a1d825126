import MapFormats

/// What the features of our tiles may say of themselves; layers add what their contributors have given.
enum TileFields {
    private struct Field {
        let name: String
        /// As JSON Schema names it; nil where the two formats of tiles differ.
        let type: String?
        let meaning: String?

        init(_ name: String, _ type: String?, _ meaning: String? = nil) {
            self.name = name
            self.type = type
            self.meaning = meaning
        }

        /// Its type in a word of TileJSON.
        var word: String {
            switch type {
            case "boolean": "Boolean"
            case "integer": "Number"
            default: "String"
            }
        }
    }

    private static let all = [
        Field("id", "string", "the public id"), Field("kind", "string", "place, memory or encounter"),
        Field("title", "string"), Field("text", "string"),
        Field("theme", nil, "themes; in vector tiles one string, separated by commas"),
        Field("when", "string", "EDTF"), Field("lang", "string"), Field("precision", "string"),
        Field("author", "string"), Field("licence", "string"),
        Field("hours", nil, "when an encounter point is alive; in vector tiles a text of JSON"),
        Field("prompt", "string", "what is asked at an encounter point"),
        Field("encounter_state", "string", "moved, stolen or retired"),
        Field("encounter", "string", "the id of the encounter point from which it was given"),
        Field("cluster", "boolean", "true on clusters only"), Field("cluster_id", "integer"),
        Field("point_count", "integer"), Field("point_count_abbreviated", nil, "a number, or a string such as 1.2k"),
        Field("expansion_zoom", "integer"),
    ]

    /// As TileJSON asks.
    static let inWords = Dictionary(
        uniqueKeysWithValues: all.map { field in
            (field.name, field.meaning.map { "\(field.word): \($0)" } ?? field.word)
        })

    /// As the metadata of a tileset ask: a part of JSON Schema.
    static let schema: JSONObject = [
        "type": "object",
        "properties": .object(
            JSONObject(
                all.map { field in
                    var schema = JSONObject()
                    schema["type"] = field.type.map(JSONValue.string)
                    schema["description"] = field.meaning.map(JSONValue.string)
                    return (field.name, .object(schema))
                })),
    ]
}
