import Contributions
import MapGeometry
import SpatialDatabase
import SpatialIndex

extension IndexedFeature {
    /// - Parameter number: the number of a theme in the layer's index.
    init(_ publication: Publication, theme number: (String) -> UInt32) {
        let given = publication.contribution
        self.init(
            identifier: publication.identifier.bits, geometry: given.geometry, cellSide: given.cell?.side,
            kind: given.kind.number, themes: given.themes.map(number), time: given.when?.seconds,
            text: publication.feature,
            propertiesOffset: publication.propertiesOffset)
    }
}
