import CPROJ
import MapGeometry

/// What PROJ's database tells about a coordinate reference system of two axes.
struct ReferenceSystemAxes {
    /// Its numbers are angles, and not lengths on a plane.
    let isGeographic: Bool
    let isNorthingFirst: Bool
    /// Of a geographic system; 1 for nearly all, 0.9 for those in grads.
    let degreesPerUnit: Double
    /// Where its authority says that it is meant to be used; nil where it does not say.
    let areaOfUse: BoundingBox?

    /// - Throws: `ProjectionError.unknownSystem`, `.notTwoDimensional`.
    init(of system: CoordinateReferenceSystem, in context: ProjectionContext) throws(ProjectionError) {
        guard let definition = proj_create(context.pointer, system.authorityCode) else {
            throw .unknownSystem(system)
        }
        defer { proj_destroy(definition) }
        guard proj_is_crs(definition) != 0 else { throw .unknownSystem(system) }
        guard let axes = proj_crs_get_coordinate_system(context.pointer, definition) else {
            throw .notTwoDimensional(system)
        }
        defer { proj_destroy(axes) }
        guard proj_cs_get_axis_count(context.pointer, axes) == 2 else { throw .notTwoDimensional(system) }
        var direction: UnsafePointer<CChar>?
        var radiansPerUnit = 1.0
        proj_cs_get_axis_info(context.pointer, axes, 0, nil, nil, &direction, &radiansPerUnit, nil, nil, nil)
        isGeographic = proj_get_type(definition) == PJ_TYPE_GEOGRAPHIC_2D_CRS
        isNorthingFirst = direction.map { String(cString: $0) } == "north"
        degreesPerUnit = radiansPerUnit * 180 / .pi
        areaOfUse = Self.areaOfUse(of: definition, in: context)
    }

    private static func areaOfUse(of definition: OpaquePointer, in context: ProjectionContext) -> BoundingBox? {
        var (west, south, east, north) = (0.0, 0.0, 0.0, 0.0)
        guard proj_get_area_of_use(context.pointer, definition, &west, &south, &east, &north, nil) != 0 else {
            return nil
        }
        // PROJ writes -1000 for what it does not know, which is no position.
        return try? BoundingBox(west: west, south: south, east: east, north: north)
    }
}
