package import MapGeometry

/// Turns JSON into features and geometries (RFC 7946).
///
/// Heights are dropped. What RFC 7946 lets a reader repair is repaired: rings are wound, a geometry
/// without positions is read as no geometry. The rest is an error that names the member.
package enum GeoJSONReader {
    /// - Throws: `FormatError.json` or `.member`.
    package static func feature(from bytes: some Collection<UInt8>) throws(FormatError) -> GeoJSONFeature {
        try feature(from: parse(bytes))
    }

    /// The feature that `value` is.
    ///
    /// "geometry" must be there, if only as null, so that a misspelt name does not lose a place;
    /// "properties" may be missing. A number as id becomes its decimal text.
    /// - Throws: `FormatError.member`.
    package static func feature(from value: JSONValue) throws(FormatError) -> GeoJSONFeature {
        let object = try featureObject(value)
        guard let geometry = object["geometry"] else {
            throw .member(pointer: "", .missing(name: "geometry"))
        }
        return GeoJSONFeature(
            identifier: try identifier(object["id"]),
            geometry: try self.geometry(from: geometry, at: "/geometry"),
            properties: try properties(object["properties"]),
            foreignMembers: foreignMembers(of: object)
        )
    }

    /// - Throws: `FormatError.json` or `.member`.
    package static func geometry(from bytes: some Collection<UInt8>) throws(FormatError) -> Geometry? {
        try geometry(from: parse(bytes))
    }

    /// The geometry that `value` is; nil for null and for a geometry that holds no position.
    ///
    /// - Parameter pointer: where `value` stands in its document, for the error.
    /// - Throws: `FormatError.member`, around `MapGeometry`'s reason where there is one.
    package static func geometry(from value: JSONValue, at pointer: String = "") throws(FormatError) -> Geometry? {
        do throws(FormatError) {
            return try GeometryReading.geometry(value, depth: 0)
        } catch {
            throw error.inside(pointer)
        }
    }

    private static func parse(_ bytes: some Collection<UInt8>) throws(FormatError) -> JSONValue {
        do throws(JSONError) {
            return try JSONParser.parse(bytes)
        } catch {
            throw .json(error)
        }
    }

    private static func featureObject(_ value: JSONValue) throws(FormatError) -> JSONObject {
        guard case .object(let object) = value else {
            throw .member(pointer: "", .wrongType(expected: "a Feature", found: value.typeName))
        }
        switch object["type"] {
        case .string("Feature"): return object
        case .string("FeatureCollection"): throw .member(pointer: "", .collectionForFeature)
        case .string(let type) where GeometryReading.types.contains(type):
            throw .member(pointer: "", .geometryForFeature(type: type))
        case .string: throw .member(pointer: "/type", .notAFeature)
        case nil: throw .member(pointer: "", .missing(name: "type"))
        case let other?: throw .member(pointer: "/type", .wrongType(expected: "a string", found: other.typeName))
        }
    }

    private static func identifier(_ value: JSONValue?) throws(FormatError) -> String? {
        switch value {
        case nil, .null: return nil
        case .string(let text): return text
        case .integer(let number): return String(number)
        case .number(let number) where abs(number) < 0x1p53: return JSONWriter.text(of: .number(number))
        case .number: throw .member(pointer: "/id", .inexactIdentifier)
        case let other?:
            throw .member(pointer: "/id", .wrongType(expected: "a string or a number", found: other.typeName))
        }
    }

    private static func properties(_ value: JSONValue?) throws(FormatError) -> JSONObject {
        switch value {
        case nil, .null: return [:]
        case .object(let object): return object
        case let other?:
            throw .member(pointer: "/properties", .wrongType(expected: "an object or null", found: other.typeName))
        }
    }

    private static func foreignMembers(of object: JSONObject) -> JSONObject {
        JSONObject(
            object.members.lazy.filter { !GeoJSONFeature.definedMembers.contains($0.name) }.map { ($0.name, $0.value) }
        )
    }
}
