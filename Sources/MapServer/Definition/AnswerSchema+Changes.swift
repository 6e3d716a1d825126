import MapFormats

extension AnswerSchema {
    /// The schema of what has changed in a layer.
    static var changesSchema: JSONValue {
        let identifiers = array(of: ["type": "string", "pattern": "^[0-7][0-9a-hjkmnp-tv-z]{25}$"])
        return object(
            [
                "added": identifiers, "changed": identifiers, "withdrawn": identifiers, "cursor": text,
                "links": array(of: ["$ref": "#/components/schemas/link"]),
            ], ["added", "changed", "withdrawn", "cursor", "links"])
    }
}
