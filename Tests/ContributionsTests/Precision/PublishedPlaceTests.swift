import Contributions
import Foundation
import MapGeometry
import TestSupport
import Testing

@Suite("Published places")
struct PublishedPlaceTests {
    private let street = Coordinate(clampingLongitude: 2.379512345, latitude: 48.868)

    @Test(
        "a place shows as a point, a cell of 200 m, a cell of 1 km or not at all",
        arguments: [
            (Precision.exact, nil, nil), (.about, "CRS3035RES200mN2890400E3762800", 200),
            (.wide, "CRS3035RES1000mN2890000E3762000", 1_000), (.none, nil, nil),
        ])
    func levels(precision: Precision, name: String?, metres: Int?) throws {
        let shown = PublishedPlace(of: street, at: precision)
        #expect(shown.precision == precision && shown.cell?.name == name && shown.metres == metres)
        switch precision {
        case .exact: #expect(shown.geometry == .point(Coordinate(clampingLongitude: 2.3795123, latitude: 48.868)))
        case .about, .wide:
            #expect(shown.geometry?.typeName == "Polygon" && shown.geometry?.covers(street) == true)
        case .none: #expect(shown.geometry == nil && shown == .nowhere)
        }
    }

    @Test("two places of one cell show alike, to the last bit")
    func sameCell() {
        let other = Coordinate(clampingLongitude: 2.3801, latitude: 48.8675)
        for precision in [Precision.about, .wide] {
            #expect(PublishedPlace(of: other, at: precision) == PublishedPlace(of: street, at: precision))
        }
        #expect(PublishedPlace(of: other, at: .exact) != PublishedPlace(of: street, at: .exact))
    }

    @Test("a coarser precision shows the parent cell, a finer one takes a new pin", arguments: Precision.allCases)
    func coarsening(from precision: Precision) {
        let shown = PublishedPlace(of: street, at: precision)
        for other in Precision.allCases {
            let expected = other.isFiner(than: precision) ? nil : PublishedPlace(of: street, at: other)
            #expect(shown.coarsened(to: other) == expected, "\(precision) to \(other)")
        }
    }

    @Test("from exact to none each precision is finer than the next")
    func order() {
        for (index, precision) in Precision.allCases.enumerated() {
            for (place, other) in Precision.allCases.enumerated() {
                #expect(precision.isFiner(than: other) == (index < place))
            }
        }
    }

    @Test("a moved pin shows where it did within half a side of its cell")
    func moves() {
        let beside = Coordinate(clampingLongitude: 2.3821, latitude: 48.868)
        let away = Coordinate(clampingLongitude: 2.3851, latitude: 48.868)
        let about = PublishedPlace(of: street, at: .about)
        #expect(about.moved(to: beside) == about && PublishedPlace(of: beside, at: .about) != about)
        #expect(about.moved(to: away) == PublishedPlace(of: away, at: .about) && about.moved(to: away) != about)
        let exact = PublishedPlace(of: street, at: .exact)
        #expect(exact.moved(to: beside) == PublishedPlace(of: beside, at: .exact))
        #expect(PublishedPlace.nowhere.moved(to: beside) == .nowhere)
    }

    @Test("a distance to a cell is told in sides, the same from all over a side's width, and 0 inside")
    func distances() throws {
        let about = PublishedPlace(of: street, at: .about)
        #expect(about.distance(from: street) == 0)
        #expect(about.distance(from: Coordinate(clampingLongitude: 2.3821, latitude: 48.868)) == 200)
        #expect(about.distance(from: Coordinate(clampingLongitude: 2.3851, latitude: 48.868)) == 400)
        #expect(
            PublishedPlace(of: street, at: .wide).distance(from: Coordinate(clampingLongitude: 2, latitude: 48))
                == 100_000)
        let exact = try #require(PublishedPlace(of: street, at: .exact).distance(from: street))
        #expect(exact > 0 && exact < 0.01)
        #expect(PublishedPlace.nowhere.distance(from: street) == nil)
    }

    @Test("a move is real when who knows the one place learns of the other")
    func realMoves() throws {
        let beside = Coordinate(clampingLongitude: 2.3821, latitude: 48.868)
        let away = Coordinate(clampingLongitude: 2.45, latitude: 48.868)
        let near = Coordinate(clampingLongitude: 2.3797, latitude: 48.868)
        func at(_ place: Coordinate, _ precision: Precision) -> PublishedPlace {
            PublishedPlace(of: place, at: precision)
        }
        for precision in [Precision.exact, .about, .wide] {
            #expect(at(away, precision).isMoved(from: at(street, precision)), "\(precision)")
            #expect(!at(street, precision).isMoved(from: at(street, precision)), "\(precision)")
            for other in Precision.allCases where precision.isFiner(than: other) {
                // The same place seen from farther away or, by a new pin, from closer by.
                #expect(!at(street, other).isMoved(from: at(street, precision)), "\(precision) to \(other)")
                #expect(!at(street, precision).isMoved(from: at(street, other)), "\(other) to \(precision)")
                #expect(at(away, precision).isMoved(from: at(street, other)) == (other != .none))
            }
        }
        // Points are put right within 100 m; cells are the same or they are not.
        #expect(!at(near, .exact).isMoved(from: at(street, .exact)))
        #expect(at(beside, .exact).isMoved(from: at(street, .exact)))
        #expect(at(beside, .about).isMoved(from: at(street, .about)))
    }
}

/// P9: the noise of a receiver does not betray where in its cell somebody stands.
@Suite struct StickyCellTests {
    private let seed: UInt64 = 9

    /// How many of so many contributions have ever shown two cells after twenty edits, when every pin, the first too,
    /// is some 30 m off (root mean square).
    private func wanderers(of count: Int, move: (PublishedPlace, Coordinate) -> PublishedPlace) -> Int {
        var generator = SeededGenerator(seed: seed)
        func normal() -> Double {
            let (first, second) = (
                Double.random(in: 1e-12..<1, using: &generator), Double.random(in: 0..<1, using: &generator)
            )
            return (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
        }
        func noisy(_ home: Coordinate) -> Coordinate {
            Coordinate(
                clampingLongitude: home.longitude + normal() * 21.2 / 73_000,
                latitude: home.latitude + normal() * 21.2 / 111_200)
        }
        return (0..<count).count { _ in
            let home = Coordinate(
                clampingLongitude: Double.random(in: 2...3, using: &generator),
                latitude: Double.random(in: 48.5...49.1, using: &generator))
            var shown = PublishedPlace(of: noisy(home), at: .about)
            let first = shown
            return (0..<20).contains { _ in
                shown = move(shown, noisy(home))
                return shown != first
            }
        }
    }

    @Test func twentyEditsWithTheNoiseOfAReceiverShowOneCell() {
        let count = ProofSize.count(2_000, full: 100_000)
        let sticky = wanderers(of: count) { $0.moved(to: $1) }
        #expect(Double(sticky) / Double(count) <= 0.002, "\(sticky) of \(count), seed \(seed)")
    }

    @Test func withoutTheRuleMostWouldShowTwo() {
        let fresh = wanderers(of: 300) { PublishedPlace(of: $1, at: $0.precision) }
        #expect(fresh > 150, "\(fresh) of 300, seed \(seed)")
    }
}
