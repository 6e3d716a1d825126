import Contributions
import MapGeometry
import SpatialDatabase
import SpatialIndex
import TestSupport
import Testing

@testable import Curation

/// Pages go on where they stopped, whatever others write between them.
@Suite struct PagingTests {
    @Test("What stays is paged through once and only once while others publish", arguments: [31, 32] as [UInt64])
    func pagingIsStableWhileOthersPublish(seed: UInt64) async throws {
        var random = RandomContributions(seed: seed)
        let before = try random.publications(60)
        let fixture = try await LayerFixture(before)
        var found: [PageKey] = []
        var key: PageKey?
        repeat {
            let page = try fixture.layer.snapshot.features(after: key, limit: 7)
            found += page.features.map(\.pageKey)
            key = page.next
            if found.count < 40 { try await fixture.publish(try random.publications(5)) }
        } while key != nil
        #expect(zip(found, found.dropFirst()).allSatisfy(<), "seed \(seed)")
        #expect(Set(found.map(\.identifier)).isSuperset(of: before.map(\.identifier.bits)), "seed \(seed)")
    }

    @Test("The same holds when features go, in order and by distance", arguments: [33, 34] as [UInt64])
    func pagingIsStableWhileFeaturesGo(seed: UInt64) async throws {
        var random = RandomContributions(seed: seed)
        let publications = try random.publications(80)
        let fixture = try await LayerFixture(publications)
        let layer = try fixture.layer
        let (staying, leaving) = (publications.prefix(50), publications.dropFirst(50).map(\.identifier.bits))
        let here = FeatureQuery.Nearness(place: place(2.3795, 48.868))
        var leavers = leaving[...]
        var (inOrder, byDistance): ([UInt128], [UInt128]) = ([], [])
        var (key, distance): (PageKey?, DistanceKey?)
        repeat {
            let page = layer.snapshot.features(after: key, limit: 6)
            inOrder += page.features.map(\.identifier)
            key = page.next
            if let leaver = leavers.popFirst() { layer.index.apply(remove: [leaver]) }
        } while key != nil
        repeat {
            let page = layer.nearest(here, matching: .all, after: distance, limit: 6)
            byDistance += page.entries.map(\.feature.identifier)
            distance = page.next
            if let leaver = leavers.popFirst() { layer.index.apply(remove: [leaver]) }
        } while distance != nil
        let placed = staying.filter { $0.contribution.geometry != nil }.map(\.identifier.bits)
        #expect(Set(inOrder).isSuperset(of: staying.map(\.identifier.bits)), "seed \(seed)")
        #expect(Set(byDistance).isSuperset(of: placed), "seed \(seed)")
        #expect(Set(inOrder).count == inOrder.count && Set(byDistance).count == byDistance.count, "seed \(seed)")
        // The control: some that left before their page came are really missing.
        #expect(inOrder.count < publications.count && byDistance.count < placed.count + leaving.count, "seed \(seed)")
    }
}
