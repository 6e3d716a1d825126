import CPROJ
import Foundation
package import MapGeometry

/// The way between CRS84 and one other coordinate reference system, for one thread at a time: it is lent by
/// `ReferenceSystems` and not to be kept.
///
/// Positions of the other system are pairs in the order of axes of its authority: northing first in
/// EPSG:4326 and 3035, easting first in 3857 and 2154.
package final class CoordinateTransform {
    package let system: CoordinateReferenceSystem
    let axes: ReferenceSystemAxes
    private let operation: OpaquePointer
    /// After `operation`, which must go before it.
    private let context: ProjectionContext

    /// - Throws: `ProjectionError`.
    init(to system: CoordinateReferenceSystem, in context: ProjectionContext) throws(ProjectionError) {
        axes = try ReferenceSystemAxes(of: system, in: context)
        let source = CoordinateReferenceSystem.crs84.authorityCode
        guard let operation = proj_create_crs_to_crs(context.pointer, source, system.authorityCode, nil) else {
            throw .unknownSystem(system)
        }
        self.operation = operation
        self.context = context
        self.system = system
    }

    deinit {
        proj_destroy(operation)
    }

    /// Digits behind the point in which positions are printed: seven for degrees (a centimetre), three for
    /// metres.
    package var decimals: Int { axes.isGeographic ? 7 : 3 }

    /// Where its authority says that the system is meant to be used; nil where it does not say.
    package var areaOfUse: BoundingBox? { axes.areaOfUse }

    /// A place in the other system, in the order of its axes.
    ///
    /// Nil where the system cannot express it: no finite numbers, or numbers that do not lead back to within
    /// 10⁻⁶ degrees of arc.
    package func position(of place: Coordinate) -> SIMD2<Double>? {
        let position = transformed([place.longitude, place.latitude], PJ_FWD)
        guard let position, let back = transformed(position, PJ_INV) else { return nil }
        // At a pole all longitudes are one place, and ±180 is one meridian everywhere.
        let eastward = (back.x - place.longitude).remainder(dividingBy: 360) * cos(place.latitude * .pi / 180)
        let isSame = abs(eastward) <= Self.tolerance && abs(back.y - place.latitude) <= Self.tolerance
        return isSame ? position : nil
    }

    /// A place in the other system as tables have it: eastward before northward, to `decimals` digits; nil where the
    /// system cannot express it.
    package func eastwardFirst(_ place: Coordinate) -> (Double, Double)? {
        guard let position = position(of: place) else { return nil }
        let scale = axes.isGeographic ? 1e7 : 1e3
        let rounded = (position * scale).rounded(.toNearestOrAwayFromZero) / scale
        return axes.isNorthingFirst ? (rounded.y, rounded.x) : (rounded.x, rounded.y)
    }

    /// Longitude and latitude, in degrees, of a position of the other system; nil when it has none.
    func place(at position: SIMD2<Double>) -> SIMD2<Double>? { transformed(position, PJ_INV) }

    /// A position of the other system from longitude and latitude, wherever PROJ's formulae lead.
    func uncheckedPosition(of place: SIMD2<Double>) -> SIMD2<Double>? { transformed(place, PJ_FWD) }

    private static let tolerance = 1e-6

    private func transformed(_ pair: SIMD2<Double>, _ direction: PJ_DIRECTION) -> SIMD2<Double>? {
        // An infinite time says that the positions are of no epoch in particular.
        let result = proj_trans(operation, direction, proj_coord(pair.x, pair.y, 0, .infinity))
        guard result.xy.x.isFinite, result.xy.y.isFinite else {
            proj_errno_reset(operation)
            return nil
        }
        return [result.xy.x, result.xy.y]
    }
}
