import MapFormats

/// Whom to thank and what may be done with it, said by each feature of a file that has no other place for it. What a
/// feature says of itself stands.
extension ExportLabel {
    /// The properties that a feature gets where it has none of the name.
    private var properties: [(name: String, value: String)] {
        (licence.map { [("licence", $0)] } ?? []) + [("attribution", attribution)]
    }

    static let names = ["licence", "attribution"]

    func completing(_ properties: JSONObject) -> JSONObject {
        var properties = properties
        for (name, value) in self.properties where properties[name] == nil { properties[name] = .string(value) }
        return properties
    }

    /// Puts them behind the properties of a feature, which are the last that stands in it.
    /// - Parameter bytes: end with the feature as it was published.
    func complete(_ feature: UnsafeRawBufferPointer, at end: inout [UInt8]) throws {
        let missing = try missing(in: feature)
        guard !missing.isEmpty else { return }
        end.removeLast(2)
        for (name, value) in missing {
            if end.last != UInt8(ascii: "{") { end.append(UInt8(ascii: ",")) }
            JSONWriter.append(string: name, to: &end)
            end.append(UInt8(ascii: ":"))
            JSONWriter.append(string: value, to: &end)
        }
        end += Array("}}".utf8)
    }

    /// A feature is parsed only where the name stands in it, be it in a text.
    private func missing(in feature: UnsafeRawBufferPointer) throws -> [(name: String, value: String)] {
        let properties = properties
        guard properties.contains(where: { feature.contains(Array("\"\($0.name)\":".utf8)) }) else { return properties }
        let said = try GeoJSONReader.feature(from: feature).properties
        return properties.filter { said[$0.name] == nil }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether a run of bytes stands in it.
    func contains(_ run: [UInt8]) -> Bool {
        guard count >= run.count, let first = run.first else { return run.isEmpty }
        return (0...(count - run.count)).contains { start in
            self[start] == first && self[start..<(start + run.count)].elementsEqual(run)
        }
    }
}
