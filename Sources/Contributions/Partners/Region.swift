package import MapGeometry

/// The ground that an embed shows: a box, or a polygon without holes that does not cross itself.
///
/// It lies on one side of the antimeridian.
package struct Region: Equatable, Sendable {
    /// As it was given.
    package enum Outline: Equatable, Sendable {
        case box(BoundingBox)
        case polygon(Polygon)
    }

    package let outline: Outline
    /// West ≤ east.
    package let bounds: BoundingBox

    /// Corners of a polygon; more tell nothing that a map of partners needs.
    package static let mostCorners = 256

    /// - Parameters: degrees.
    /// - Throws: `RegionFault` for a box that crosses the antimeridian or has no area.
    package init(_ box: BoundingBox) throws(RegionFault) {
        guard !box.crossesAntimeridian else { throw .antimeridian }
        guard box.west < box.east, box.south < box.north else { throw .noArea }
        outline = .box(box)
        bounds = box
    }

    /// - Throws: `RegionFault` for holes, too many corners, a side of more than half the globe, and what crosses itself.
    package init(_ polygon: Polygon) throws(RegionFault) {
        let corners = polygon.exterior.coordinates
        guard polygon.holes.isEmpty else { throw .hole }
        guard corners.count - 1 <= Region.mostCorners else { throw .tooManyCorners(found: corners.count - 1) }
        guard zip(corners, corners.dropFirst()).allSatisfy({ abs($0.longitude - $1.longitude) <= 180 }) else {
            throw .antimeridian
        }
        guard polygon.exterior.isSimple else { throw .crossesItself }
        guard let bounds = Geometry.polygon(polygon).boundingBox, polygon.exterior.doubledSignedArea != 0 else {
            throw .noArea
        }
        outline = .polygon(polygon)
        self.bounds = bounds
    }

    /// Whether a published geometry belongs to the region. Nothing else is ever asked: not where it truly is.
    ///
    /// A position, a line or an area belongs to it when the two share a point. A cell says "somewhere in here": it
    /// belongs to the region only when all of it does, so that an embed never says more of a place than is known. What
    /// stands nowhere belongs to no region.
    package func holds(_ geometry: Geometry?, isCell: Bool) -> Bool {
        guard let geometry, let box = geometry.boundingBox, box.intersectsPlanar(bounds) else { return false }
        guard isCell, case .polygon(let cell) = geometry else { return meets(geometry) }
        return switch outline {
        case .box(let region): region.containsPlanar(box)
        case .polygon(let region): region.holds(cell)
        }
    }

    /// Whether a geometry shares a point with the region.
    package func meets(_ geometry: Geometry) -> Bool {
        switch outline {
        case .box(let region): geometry.intersects(region)
        case .polygon(let region): region.meets(geometry)
        }
    }
}

/// Why something is no region.
package enum RegionFault: Error, Equatable, Sendable {
    case antimeridian
    case noArea
    case hole
    case tooManyCorners(found: Int)
    case crossesItself
    /// Neither four numbers nor a polygon; with what was wrong, where that is known.
    case unreadable(String)
}

extension RegionFault {
    package func sentence(in language: Language) -> String {
        switch language {
        case .french: french
        case .english: english
        }
    }

    private var french: String {
        switch self {
        case .antimeridian: "Une région ne passe pas le 180ᵉ méridien : ouest avant est. Faites-en deux."
        case .noArea: "Cette région n’a pas de surface."
        case .hole: "Une région n’a pas de trou."
        case .tooManyCorners(let found): "Cette région a \(found) coins, \(Region.mostCorners) au plus."
        case .crossesItself: "Le contour de la région se croise ou se touche."
        case .unreadable: "Une région s’écrit ouest,sud,est,nord en degrés, ou comme un Polygon GeoJSON."
        }
    }

    private var english: String {
        switch self {
        case .antimeridian: "a region does not cross the antimeridian: west before east; make two of it"
        case .noArea: "this region has no area"
        case .hole: "a region has no holes"
        case .tooManyCorners(let found): "this region has \(found) corners; \(Region.mostCorners) at most"
        case .crossesItself: "the outline of the region crosses or touches itself"
        case .unreadable(let reason):
            "a region is [west, south, east, north] in degrees or a GeoJSON Polygon"
                + (reason.isEmpty ? "" : ": \(reason)")
        }
    }
}
