import Contributions
import MapGeometry
import Projections

/// OGC API – Features – Part 2: coordinate reference systems by reference.
extension FeatureQueryParser {
    /// The system that a parameter names; CRS84 when it is not given.
    /// - Throws: `WebError.invalidParameter`, which lists those that are spoken.
    func system(_ parameter: Parameter, among systems: ReferenceSystems) throws(WebError) -> CoordinateReferenceSystem {
        guard let uri = parameters[parameter.name] else { return .crs84 }
        guard let system = systems.named(uri) else {
            throw .invalidParameter(
                parameter.name, expected: "one of \(systems.all.map(\.uri).joined(separator: ", "))")
        }
        return system
    }

    /// The question, with its box in the system that `bbox-crs` names.
    /// - Throws: `WebError`; `ProjectionError` when PROJ fails.
    func query(in systems: ReferenceSystems) throws -> FeatureQuery {
        let system = try system(.bboxCRS, among: systems)
        guard system != .crs84, let text = parameters[Parameter.bbox.name] else { return try query() }
        let box = try systems.transforming(to: system) { Self.box(text, $0) }
        guard let box else {
            throw WebError.invalidParameter(
                Parameter.bbox.name,
                expected: "the lower and the upper corner (four numbers, or six with heights) in the order of axes of "
                    + system.uri)
        }
        return try query(box: box)
    }

    private static func box(_ text: String, _ transform: CoordinateTransform) -> BoundingBox? {
        guard let numbers = numbers(text) else { return nil }
        return switch numbers.count {
        case 4: transform.box(from: [numbers[0], numbers[1]], to: [numbers[2], numbers[3]])
        case 6: transform.box(from: [numbers[0], numbers[1]], to: [numbers[3], numbers[4]])
        default: nil
        }
    }
}
