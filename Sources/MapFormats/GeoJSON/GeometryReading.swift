import MapGeometry

/// The seven geometry types out of JSON. Pointers in errors begin at the value handed in.
enum GeometryReading {
    static let types: Set<String> = [
        "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
    ]

    /// How many collections may stand inside one another; RFC 7946, section 3.1.8, advises against any.
    static let deepestCollection = 8

    /// Nil for null and for what holds no position.
    static func geometry(_ value: JSONValue, depth: Int) throws(FormatError) -> Geometry? {
        if case .null = value { return nil }
        guard case .object(let object) = value else {
            throw .member(pointer: "", .wrongType(expected: "a geometry or null", found: value.typeName))
        }
        let type = try typeName(of: object)
        if type == "GeometryCollection" { return try collection(object, depth: depth + 1) }
        guard let coordinates = object["coordinates"] else {
            throw .member(pointer: "", .missing(name: "coordinates"))
        }
        if case .array(let items) = coordinates, items.isEmpty { return nil }
        do throws(FormatError) {
            return try shape(type, coordinates)
        } catch {
            throw error.inside("/coordinates")
        }
    }

    private static func typeName(of object: JSONObject) throws(FormatError) -> String {
        guard let type = object["type"] else { throw .member(pointer: "", .missing(name: "type")) }
        guard case .string(let name) = type else {
            throw .member(pointer: "/type", .wrongType(expected: "a string", found: type.typeName))
        }
        guard types.contains(name) else { throw .member(pointer: "/type", .unknownGeometryType) }
        return name
    }

    private static func collection(_ object: JSONObject, depth: Int) throws(FormatError) -> Geometry? {
        guard depth <= deepestCollection else {
            throw .member(pointer: "", .collectionsTooDeep(limit: deepestCollection))
        }
        guard let members = object["geometries"] else {
            throw .member(pointer: "", .missing(name: "geometries"))
        }
        do throws(FormatError) {
            let geometries = try list(members) { (member) throws(FormatError) in try geometry(member, depth: depth) }
            let present = geometries.compactMap { $0 }
            return present.isEmpty ? nil : .geometryCollection(present)
        } catch {
            throw error.inside("/geometries")
        }
    }

    private static func shape(_ type: String, _ value: JSONValue) throws(FormatError) -> Geometry {
        switch type {
        case "Point": .point(try position(value))
        case "MultiPoint": .multiPoint(try list(value, position))
        case "LineString": .lineString(try line(value))
        case "MultiLineString": .multiLineString(try list(value, line))
        case "Polygon": .polygon(try polygon(value))
        default: .multiPolygon(try list(value, polygon))
        }
    }

    private static func position(_ value: JSONValue) throws(FormatError) -> Coordinate {
        guard case .array(let numbers) = value else {
            throw .member(pointer: "", .wrongType(expected: "a position", found: value.typeName))
        }
        guard numbers.count >= 2 else {
            throw .member(
                pointer: "", .wrongType(expected: "a position of two numbers", found: "an array of \(numbers.count)"))
        }
        for (index, number) in numbers.enumerated() where number.double == nil {
            throw .member(pointer: "/\(index)", .wrongType(expected: "a number", found: number.typeName))
        }
        return try valid { () throws(GeometryError) in
            try Coordinate(longitude: numbers[0].double ?? .nan, latitude: numbers[1].double ?? .nan)
        }
    }

    private static func line(_ value: JSONValue) throws(FormatError) -> LineString {
        let positions = try list(value, position)
        return try valid { () throws(GeometryError) in try LineString(positions) }
    }

    private static func ring(_ value: JSONValue) throws(FormatError) -> LinearRing {
        let positions = try list(value, position)
        return try valid { () throws(GeometryError) in try LinearRing(positions) }
    }

    private static func polygon(_ value: JSONValue) throws(FormatError) -> Polygon {
        let rings = try list(value, ring)
        guard let exterior = rings.first else {
            throw .member(pointer: "", .wrongType(expected: "an array of rings", found: "an empty array"))
        }
        return Polygon(exterior: exterior, holes: Array(rings.dropFirst()))
    }

    private static func list<Item>(
        _ value: JSONValue, _ item: (JSONValue) throws(FormatError) -> Item
    ) throws(FormatError) -> [Item] {
        guard case .array(let values) = value else {
            throw .member(pointer: "", .wrongType(expected: "an array", found: value.typeName))
        }
        var items: [Item] = []
        items.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            do throws(FormatError) {
                items.append(try item(value))
            } catch {
                throw error.inside("/\(index)")
            }
        }
        return items
    }

    private static func valid<Value>(_ make: () throws(GeometryError) -> Value) throws(FormatError) -> Value {
        do throws(GeometryError) {
            return try make()
        } catch {
            throw .member(pointer: "", .geometry(error))
        }
    }
}
