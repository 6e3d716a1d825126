import Contributions
@testable import Curation
import MapGeometry
import SpatialDatabase
import TestSupport
import Testing

@Test func debugging() async throws {
    let p = place(2.3795, 48.868)
    let line = try LineString([place(2.398105, 48.8783379), place(32, 75)])
    let ring = try LinearRing([place(34, -90), place(35, -90), place(35, -89), place(34, -90)])
    let geos: [Geometry] = [.point(p), .geometryCollection([.point(p)]), .geometryCollection([.point(p), .lineString(line)]), .geometryCollection([.point(p), .polygon(Polygon(exterior: ring))]), .geometryCollection([.point(p), .lineString(line), .polygon(Polygon(exterior: ring))]), .multiPoint([p, place(1,1)]),
      .geometryCollection([.lineString(try LineString([p, place(3,3)]))]), .geometryCollection([.lineString(try LineString([place(2, 48.868), place(3,48.868)]))])]
    var pubs: [Publication] = []
    for (i, g) in geos.enumerated() { pubs.append(try PublishedFeature.publication(of: try Contribution(geometry: g), identifier: PublicIdentifier(bits: UInt128(i)))) }
    let f = try await LayerFixture(pubs)
    for box in [BoundingBox(p), BoundingBox(uncheckedWest: 2.3795, south: 34, east: 2.3795, north: 48.868), BoundingBox(uncheckedWest: 2.3795, south: 34, east: 2.3795, north: 49), BoundingBox(uncheckedWest: 2.3795, south: 34, east: 2.38, north: 48.868)] {
        print("DBG", box, try f.store.features(matching: FeatureQuery(box: box), in: f.identifier, limit: 100).map { $0.identifier.bits }.sorted())
    }
}
