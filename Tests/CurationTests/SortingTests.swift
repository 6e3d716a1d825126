import Contributions
import MapGeometry
import SpatialDatabase
import SpatialIndex
import Testing

@testable import Curation

/// Features in an order that a question names, page by page.
@Suite struct SortingTests {
    private static let orders: [[FeatureOrder.Term]] = [
        [.init(.title)], [.init(.title, isDescending: true)], [.init(.when)], [.init(.when, isDescending: true)],
        [.init(.kind), .init(.author, isDescending: true)], [.init(.lang), .init(.when, isDescending: true)],
        [.init(.id)], [.init(.id, isDescending: true)],
        [.init(.kind, isDescending: true), .init(.id, isDescending: true), .init(.title)],
    ]

    @Test("P3 pages of any size are the whole, sorted as by hand", arguments: [41, 42] as [UInt64])
    func pagesAreSortedAsByHand(seed: UInt64) async throws {
        var random = RandomContributions(seed: seed)
        let publications = try random.publications(150)
        let fixture = try await LayerFixture(publications)
        let layer = try fixture.layer
        for terms in Self.orders {
            let order = FeatureOrder(terms)
            let query = random.query(around: [random.place()])
            let filter = try fixture.layers.filter(for: query, in: layer)
            let unsorted = FeatureQuery(
                box: query.box, seconds: query.seconds, kinds: query.kinds, themes: query.themes, words: query.words,
                texts: query.texts)
            let wanted = Set(BruteForce(publications).features(matching: unsorted, limit: .max).map(\.identifier))
            var found: [UInt128] = []
            var key: SortKey?
            repeat {
                let page = layer.sorted(
                    by: order, in: query.box, matching: filter, after: key, limit: 1 + random.number(30))
                found += page.entries.map(\.feature.identifier)
                key = page.next
            } while key != nil
            let expected = publications.filter { wanted.contains($0.identifier) }
                .sorted { terms.puts($0, before: $1) }.map(\.identifier.bits)
            #expect(found == expected, "seed \(seed), \(order)")
        }
    }

    @Test("P3 what stays is met once and only once while others publish", arguments: [43, 44] as [UInt64])
    func pagingIsStableWhileOthersPublish(seed: UInt64) async throws {
        var random = RandomContributions(seed: seed)
        let before = try random.publications(60)
        let fixture = try await LayerFixture(before)
        let order = FeatureOrder([.init(.title), .init(.when, isDescending: true)])
        var found: [SortKey] = []
        var key: SortKey?
        repeat {
            let page = try fixture.layer.sorted(by: order, matching: .all, after: key, limit: 7)
            found += page.entries.map(\.key)
            key = page.next
            if found.count < 40 { try await fixture.publish(try random.publications(5)) }
        } while key != nil
        #expect(zip(found, found.dropFirst()).allSatisfy(<), "seed \(seed)")
        #expect(Set(found.map(\.identifier)).count == found.count, "seed \(seed)")
        #expect(Set(found.map(\.identifier)).isSuperset(of: before.map(\.identifier.bits)), "seed \(seed)")
        #expect(found.count > before.count, "seed \(seed): none of the new ones was met")
    }

    @Test("Accents and case tell apart only what is otherwise equal")
    func accentsComeSecond() {
        let sorted = ["zoo", "Été", "été", "etage", "Œuvre", "oeuf", "Zoé", "École", "ecole"].map(SortText.init)
            .sorted()
        #expect(sorted.map(\.text) == ["ecole", "École", "etage", "Été", "été", "oeuf", "Œuvre", "Zoé", "zoo"])
    }

    @Test("However much is heaped on a title, what a cursor carries of it is short")
    func aVeryLongTextIsCut() {
        let heaped = String(repeating: "e" + String(repeating: "\u{301}", count: 50), count: 200)
        #expect(heaped.count == ContributionLimits.title)
        #expect(SortText(heaped).text.unicodeScalars.count == SortText.length)
        let plain = String(repeating: "é", count: ContributionLimits.title)
        #expect(SortText(plain).text == plain)
    }
}

extension [FeatureOrder.Term] {
    /// By the definition, one term after the other, nothing taken from the index.
    fileprivate func puts(_ a: Publication, before b: Publication) -> Bool {
        for term in self {
            if term.property == .id {
                let (own, other) = (a.identifier.description, b.identifier.description)
                return term.isDescending ? own > other : own < other
            }
            if term.property == .when {
                let (own, other) = (a.contribution.when?.seconds.lowerBound, b.contribution.when?.seconds.lowerBound)
                if own == other { continue }
                guard let own, let other else { return own != nil }
                return (own < other) != term.isDescending
            }
            let (own, other) = (texts(a.contribution, term.property), texts(b.contribution, term.property))
            if own == other { continue }
            guard let own, let other else { return own != nil }
            return own.lexicographicallyPrecedes(other) != term.isDescending
        }
        return a.identifier.description < b.identifier.description
    }

    private func texts(_ given: Contribution, _ property: FeatureOrder.Property) -> [String]? {
        let text: String? =
            switch property {
            case .title: given.title.isEmpty ? nil : given.title
            case .lang: given.language
            case .author: given.author
            case .kind: given.kind.rawValue
            case .when, .id: nil
            }
        return text.map { [TextFolding.fold($0), $0] }
    }
}
