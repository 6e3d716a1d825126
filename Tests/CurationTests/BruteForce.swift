import Contributions
import Foundation
import MapGeometry
import Projections
import SpatialDatabase

/// A feature that answers a question, however it was found.
struct Answer {
    let identifier: PublicIdentifier
    let metres: Double?
}

extension [Answer] {
    /// Whether the distances are the same to a millimetre, or there are none in both.
    func agrees(with expected: [Answer]) -> Bool {
        count == expected.count
            && zip(self, expected).allSatisfy { mine, theirs in
                switch (mine.metres, theirs.metres) {
                case (nil, nil): true
                case (let a?, let b?): abs(a - b) <= 0.001
                default: false
                }
            }
    }
}

/// Answers by looking at every feature, with nothing but the definitions.
struct BruteForce {
    private let publications: [Publication]

    init(_ publications: [Publication]) {
        self.publications = publications
    }

    func features(matching query: FeatureQuery, limit: Int) -> [Answer] {
        let matching = publications.filter { Self.matches(query, $0.contribution) }
        guard let near = query.near else {
            return matching.sorted { Self.pageOrder($0) < Self.pageOrder($1) }.prefix(limit).map {
                Answer(identifier: $0.identifier, metres: nil)
            }
        }
        return matching.compactMap { publication -> (metres: Double, identifier: PublicIdentifier)? in
            guard let geometry = publication.contribution.geometry else { return nil }
            let exact = Geodesic.wgs84.metres(from: near.place, to: geometry)
            let metres = publication.contribution.cell.map { (exact / $0.metres).rounded(.up) * $0.metres } ?? exact
            return metres <= near.radius ?? .infinity ? (metres, publication.identifier) : nil
        }
        .sorted { ($0.metres, $0.identifier.bits) < ($1.metres, $1.identifier.bits) }
        .prefix(limit).map { Answer(identifier: $0.identifier, metres: $0.metres) }
    }

    private static func pageOrder(_ publication: Publication) -> (UInt64, UInt128) {
        let centre = publication.contribution.geometry?.boundingBox?.centre
        return (centre.map(WebMercator.hilbertKey) ?? WebMercator.keyOutside, publication.identifier.bits)
    }

    private static func matches(_ query: FeatureQuery, _ given: Contribution) -> Bool {
        if let box = query.box, let geometry = given.geometry, !geometry.intersects(box) { return false }
        if let asked = query.seconds, let own = given.when?.seconds, !asked.overlaps(own) { return false }
        if let kinds = query.kinds, !kinds.contains(given.kind) { return false }
        if let themes = query.themes, themes.isDisjoint(with: given.themes) { return false }
        for (property, values) in query.texts where !values.contains(where: { given.has($0, as: property) }) {
            return false
        }
        guard let words = query.words else { return true }
        let own = Set(TextFolding.words(in: given.title) + TextFolding.words(in: given.text))
        return own.isSuperset(of: TextFolding.words(in: words))
    }
}

extension GridCell {
    fileprivate var metres: Double { Double(side.metres) }
}

extension Contribution {
    /// The value of one of our properties as it is published.
    func text(_ property: TextProperty) -> String? {
        switch property {
        case .title: title
        case .when: when?.text
        case .lang: language
        case .precision: precision.rawValue
        case .author: author
        case .licence: licence
        }
    }

    fileprivate func has(_ value: String, as property: TextProperty) -> Bool {
        text(property).map { Array($0.composed.utf8) == Array(value.composed.utf8) } ?? false
    }
}

extension String {
    fileprivate var composed: String { precomposedStringWithCanonicalMapping }
}
