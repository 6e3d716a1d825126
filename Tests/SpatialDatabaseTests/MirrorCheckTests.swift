import Contributions
import MapGeometry
import TestSupport
import Testing

@testable import SpatialDatabase

/// `lieudit check` on copies of other layers.
@Suite struct MirrorCheckTests {
    @Test func aCopiedFeatureStandsForSomethingOfItsLayer() async throws {
        let temporary = try TemporaryStore()
        let (copy, other) = (try LayerIdentifier("copie"), try LayerIdentifier("autre"))
        var generator = SeededGenerator(seed: 12)
        let (ours, theirs) = (
            try Publication.sample(.point(Coordinate(longitude: 2, latitude: 48)), using: &generator),
            try Publication.sample(.point(Coordinate(longitude: 3, latitude: 48)), using: &generator)
        )
        try await temporary.store.write { transaction in
            for layer in [copy, other] { try transaction.create(Layer(identifier: layer)) }
            try transaction.set(Mirror(source: "https://la.example/collections/x", progress: .init()), of: copy)
            try transaction.publish(ours, in: copy)
            try transaction.publish(theirs, in: other)
            try transaction.note(Mirror.Key(bits: 1), digest: 1, page: 0, as: ours.identifier, in: copy)
            // What was erased here.
            try transaction.note(Mirror.Key(bits: 2), digest: 1, page: 0, in: copy)
        }
        let sound = try temporary.store.check()
        #expect(sound.isSound, "\(sound.findings)")
        try temporary.tamper(
            """
            UPDATE mirrored_feature SET contribution =
                (SELECT contribution.number FROM contribution JOIN layer ON layer.number = contribution.layer
                 WHERE identifier = 'autre')
            WHERE contribution IS NOT NULL
            """)
        let wrong = try temporary.store.check().findings.filter { $0.severity == .wrong }
        #expect(wrong.map(\.subject) == ["copied feature whose contribution is of another layer"])
    }
}
