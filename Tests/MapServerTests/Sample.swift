import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialDatabase

/// Contributions for the routes to show.
enum Sample {
    /// The title is the number, and the id too.
    static func publication(
        _ number: Int, _ geometry: Geometry?, kind: Kind = .place, title: String? = nil, text: String = "",
        themes: [String] = [], when: String? = nil
    ) throws -> Publication {
        try PublishedFeature.publication(
            of: try Contribution(
                kind: kind, title: title ?? String(number), text: text, themes: themes,
                when: when.map { try ExtendedDate($0) }, geometry: geometry),
            identifier: identifier(number))
    }

    /// With letters in it.
    static func identifier(_ number: Int) -> PublicIdentifier {
        PublicIdentifier(bits: 0xFACE << 108 | UInt128(number) << 64 | UInt128(number))
    }

    static func point(_ longitude: Double, _ latitude: Double) -> Geometry {
        .point(Coordinate(clampingLongitude: longitude, latitude: latitude))
    }

    /// So many points in a row to the east of 94 rue Jean-Pierre-Timbaud, a hundredth of a degree apart.
    static func row(_ count: Int) throws -> [Publication] {
        try (0..<count).map { try publication($0, point(2.3795 + Double($0) / 100, 48.868)) }
    }

    /// One of each kind, with themes, times and words, and one that stands nowhere.
    static func mixed() throws -> [Publication] {
        let walk = try LineString([
            Coordinate(longitude: 2.37, latitude: 48.86), Coordinate(longitude: 2.38, latitude: 48.87),
        ])
        return [
            try publication(
                1, point(2.3795, 48.868), kind: .place, title: "Maison des métallos", themes: ["travail", "fête"]),
            try publication(
                2, point(2.38, 48.869), kind: .memory, title: "Le bal", text: "Un soir d'été", themes: ["fête"],
                when: "1987-06"),
            try publication(
                3, point(2.381, 48.87), kind: .encounter, title: "Le banc", themes: ["c+c", "a b"], when: "1950/1960"),
            try publication(4, .lineString(walk), kind: .place, title: "Promenade"),
            try publication(5, nil, kind: .memory, title: "Nulle part", text: "œuvre", when: "2001"),
        ]
    }
}
