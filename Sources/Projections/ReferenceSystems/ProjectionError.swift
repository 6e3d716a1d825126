/// Why a coordinate reference system cannot serve.
package enum ProjectionError: Error, Equatable, Sendable {
    /// PROJ's database has no such system, or no way to it.
    case unknownSystem(CoordinateReferenceSystem)
    /// Geocentric, vertical and compound systems: a pair of numbers says nothing in them.
    case notTwoDimensional(CoordinateReferenceSystem)
    /// PROJ cannot start: no memory is left.
    case noContext
}

extension ProjectionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownSystem(let system):
            "\(system.authorityCode) is not a coordinate reference system that PROJ knows a way to"
        case .notTwoDimensional(let system):
            "\(system.authorityCode) is not a coordinate reference system of two horizontal axes"
        case .noContext:
            "PROJ cannot start"
        }
    }
}
