package import Contributions
package import Curation
package import Projections
package import SpatialIndex

extension LayerFile {
    /// With gzip by zlib.
    package init(
        _ layer: Layer, snapshot: IndexSnapshot, matching filter: FeatureFilter = .all,
        in system: CoordinateReferenceSystem = .crs84
    ) {
        self.init(layer, snapshot: snapshot, matching: filter, in: system) {
            let gzip = Gzip()
            return { gzip?.compressAnew($0) }
        }
    }

    /// The same in a system of the EPSG registry; nil for CRS84.
    package init(_ layer: Layer, snapshot: IndexSnapshot, inEPSG code: Int?) {
        self.init(layer, snapshot: snapshot, in: code.map(CoordinateReferenceSystem.epsg) ?? .crs84)
    }
}
