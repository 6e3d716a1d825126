package import MapGeometry

/// What is wrong with a member of a GeoJSON object.
package enum MemberProblem: Equatable, Sendable {
    case wrongType(expected: String, found: String)
    case missing(name: String)
    case unknownGeometryType
    case geometryForFeature(type: String)
    case collectionForFeature
    case notAFeature
    /// An id written as a number of more digits than a double keeps.
    case inexactIdentifier
    case collectionsTooDeep(limit: Int)
    case geometry(GeometryError)
}

extension MemberProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .wrongType(let expected, let found): "\(expected) is needed here, found \(found)"
        case .missing(let name): "the member “\(name)” is missing"
        case .unknownGeometryType:
            "this is not one of GeoJSON's geometry types (Point, MultiPoint, LineString, MultiLineString, "
                + "Polygon, MultiPolygon, GeometryCollection)"
        case .geometryForFeature(let type):
            "a Feature is needed here, found a bare \(type); wrap it in "
                + #"{"type":"Feature","geometry":…,"properties":{}}"#
        case .collectionForFeature: "a single Feature is needed here, found a FeatureCollection"
        case .notAFeature: #"a Feature is needed here: an object whose "type" is "Feature""#
        case .inexactIdentifier: "this number is too large to be kept exactly; write the id as a string"
        case .collectionsTooDeep(let limit): "geometry collections are nested deeper than \(limit) levels"
        case .geometry(let error): error.description
        }
    }
}
