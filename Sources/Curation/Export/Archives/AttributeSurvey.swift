import MapFormats

/// The names of what the features of an archive say of themselves, each with its type in a word of TileJSON.
struct AttributeSurvey {
    private(set) var types: [String: String] = [
        "cluster": "Boolean", "cluster_id": "Number", "point_count": "Number", "point_count_abbreviated": "String",
        "expansion_zoom": "Number",
    ]

    mutating func look(at feature: VectorTileFeature) {
        for (key, value) in feature.properties where types[key] == nil { types[key] = Self.word(for: value) }
    }

    private static func word(for value: VectorTileValue) -> String {
        switch value {
        case .string: "String"
        case .double, .int, .uint: "Number"
        case .bool: "Boolean"
        }
    }

    /// The list `vector_layers` of the metadata of archives.
    func layers(of label: ExportLabel, zooms: ClosedRange<Int>) -> JSONValue {
        var layer: JSONObject = ["id": .string(label.identifier)]
        layer["description"] = label.description.isEmpty ? nil : .string(label.description)
        layer["minzoom"] = .integer(Int64(zooms.lowerBound))
        layer["maxzoom"] = .integer(Int64(zooms.upperBound))
        let fields = types.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        layer["fields"] = .object(JSONObject(fields))
        return [.object(layer)]
    }
}
