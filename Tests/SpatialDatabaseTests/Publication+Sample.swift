import Contributions
import MapGeometry
import SpatialDatabase
import TestSupport

extension Publication {
    /// A feature with the least there can be around its geometry.
    static func sample(
        _ geometry: Geometry?, kind: Kind = .place, title: String = "Ici", text: String = "", themes: [String] = [],
        when: String? = nil, using generator: inout SeededGenerator
    ) throws -> Publication {
        Publication(
            identifier: .random(using: &generator),
            contribution: try Contribution(
                kind: kind, title: title, text: text, themes: themes, when: when.map { try ExtendedDate($0) },
                geometry: geometry),
            feature: Array(#"{"type":"Feature","properties":{}}"#.utf8), propertiesOffset: 31
        )
    }
}
