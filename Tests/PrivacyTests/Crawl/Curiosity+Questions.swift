import Contributions
import MapGeometry

/// What is asked of the features of a layer.
extension Curiosity {
    /// - Parameter address: of the items of a layer, or of its map.
    func questions(_ address: String) -> [String] {
        let all = spatial + byWords + byProperties + manners + mistakes
        return [address] + all.map { "\(address)?\($0)" }
    }

    /// Boxes of some metres around true places, and what is near them.
    private var spatial: [String] {
        let boxes = places.flatMap { place -> [String] in
            [0.0002, 0.004].map { "bbox=\(box(place, $0))&limit=50" }
        }
        let nearby = places.flatMap { place -> [String] in
            let here = "near=\(place.longitude),\(place.latitude)"
            return ["\(here)&limit=6", "\(here)&radius=60", "\(here)&radius=450"]
        }
        guard let first = places.first else { return [] }
        let here = "near=\(first.longitude),\(first.latitude)"
        return boxes + nearby + [
            "\(here)&radius=3000&bbox=\(box(first, 0.005))", "\(here)&limit=3&f=csv", "bbox=-180,-90,180,90&limit=9",
            "bbox=170,-10,-170,10",
        ]
    }

    private func box(_ place: Coordinate, _ half: Double) -> String {
        let (x, y) = (place.longitude, place.latitude)
        return "\(x - half),\(y - half),\(x + half),\(y + half)"
    }

    private var byWords: [String] { words.map { "q=\($0.percentEncoded)" } }

    private var byProperties: [String] {
        themes.map { "theme=\($0.percentEncoded)" } + authors.map { "author=\($0.percentEncoded)" }
            + titles.map { "title=\($0.percentEncoded)" } + Kind.allCases.map { "kind=\($0.rawValue)" }
            + Precision.allCases.map { "precision=\($0.rawValue)" }
            + ["lang=fr", "when=1987", "licence=CC-BY-4.0", "datetime=1987", "datetime=1960/1975"]
            + FeatureOrder.Property.allCases.flatMap {
                ["sortby=\($0.rawValue)&limit=7", "sortby=-\($0.rawValue)&limit=40"]
            }
    }

    private var manners: [String] {
        let systems = ["3857", "2154", "3035"].map { "crs=http://www.opengis.net/def/crs/EPSG/0/\($0)&limit=30" }
        return systems + [
            "limit=7", "limit=10000", "properties=title,cell", "f=csv", "f=geojsonl", "f=csv&limit=9",
            "f=geojsonl&limit=9", "f=html", "f=html&limit=9", "f=html&interface=en", "limit=9&kind=memory",
            "bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3857&bbox=264000,6250000,266000,6252000",
        ]
    }

    private var mistakes: [String] {
        ["bbox=1,2,3", "near=x", "radius=5", "cursor=abc", "limit=0", "sortby=created", "nothing=1"]
    }
}
