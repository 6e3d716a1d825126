import MapFormats

/// Documents read back with our own parser.
enum GeoJSON {
    struct NotAFeatureCollection: Error {}

    static func features(of text: String) throws -> [JSONValue] { try features(of: Array(text.utf8)) }

    /// The features of a collection, which must say that it is one.
    static func features(of bytes: [UInt8]) throws -> [JSONValue] {
        let document = try JSONParser.parse(bytes)
        guard document["type"] == "FeatureCollection", let features = document["features"]?.array else {
            throw NotAFeatureCollection()
        }
        return features
    }
}

extension JSONValue {
    var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
    var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
    var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
}
