import Contributions
import Foundation
import MapFormats
import MapGeometry
import SpatialDatabase
import SpatialIndex
import TestSupport
import Testing

@testable import Curation

/// Embeds after many random acts, beside a layer that holds exactly what they should show, worked out by hand.
@Suite struct EmbedAgainstModelTests {
    /// What the test remembers of one contribution.
    private struct Known {
        let receipt: Receipt
        var agrees: Bool
        /// The bytes that each embed's partner has cleared, as long as nothing else has been public since.
        var cleared: [PublicIdentifier: [UInt8]] = [:]
        var refusedBy: Set<PublicIdentifier> = []
    }

    private static let region = BoundingBox(uncheckedWest: 2.36, south: 48.85, east: 2.41, north: 48.885)

    @Test(
        "Whatever was given, changed, hidden, agreed to and cleared, an embed answers as a layer of only what it shows",
        arguments: 1...3 as ClosedRange<UInt64>)
    func embedsAnswerAsTheirOwn(seed: UInt64) async throws {
        let workshop = try await Workshop({ $0.review = .after }, seed: seed)
        var generator = SeededGenerator(seed: 40 + seed)
        let (keys, token) = try await arrange(workshop)
        var known: [Known] = []
        for step in 0..<110 {
            try await act(step, workshop, keys, token, &known, &generator)
            let shown = try workshop.shown()
            for number in known.indices {
                let own = try? workshop.own(known[number].receipt)
                for (key, bytes) in known[number].cleared {
                    let now = own.flatMap { shown[$0.identifier.bits] == nil ? nil : try? bytesShown($0, workshop) }
                    if now != bytes { known[number].cleared[key] = nil }
                }
            }
            if step % 10 == 9 {
                for key in keys { try compare(key, known, workshop, "seed \(40 + seed), step \(step)", &generator) }
            }
            if step % 37 == 20 { workshop.layers.forgetRemoved() }
            if step == 60 { try workshop.layers.reload(workshop.layer) }
        }
        let again = try PublishedLayers(store: workshop.store)
        for key in keys {
            let (old, new) = (try #require(workshop.layers.embed(key)), try #require(again.embed(key)))
            #expect(texts(old.shown.snapshot) == texts(new.shown.snapshot), "as read from the store")
        }
    }

    private func arrange(_ workshop: Workshop) async throws -> (keys: [PublicIdentifier], token: AccessToken) {
        let token = try await workshop.store.createToken(
            secret: String(repeating: "8", count: 26), role: "operator", layer: nil, at: Workshop.noon)
        let partner = Partner(identifier: PublicIdentifier(bits: 5), name: "Théâtre", origins: [])
        try await workshop.participation.add(partner, by: token, at: Workshop.noon)
        var keys: [PublicIdentifier] = []
        for (number, rule) in [nil, StandingRule(), StandingRule(kinds: [.memory], themes: ["fête"])].enumerated() {
            let pins =
                number == 0
                ? EmbedPins() : EmbedPins(region: try Region(Self.region), themes: number == 2 ? ["fête", "eau"] : [])
            let embed = Embed(
                key: PublicIdentifier(bits: UInt128(100 + number)), partner: partner.identifier, layer: workshop.layer,
                pins: pins, standing: rule)
            try await workshop.participation.add(embed, by: token, at: Workshop.noon)
            keys.append(embed.key)
        }
        return (keys, token)
    }

    private func act(
        _ step: Int, _ workshop: Workshop, _ keys: [PublicIdentifier], _ token: AccessToken, _ known: inout [Known],
        _ generator: inout SeededGenerator
    ) async throws {
        func random(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
        guard step > 12, random(3) > 0, let number = known.indices.randomElement(using: &generator) else {
            var submission = Workshop.submission(
                title: "Don \(step)", at: place(2.35 + Double(random(70)) / 1_000, 48.845 + Double(random(45)) / 1_000),
                [.exact, .about, .wide][random(3)])
            submission.kind = [.place, .memory, .encounter][random(3)]
            submission.themes = [[], ["fête"], ["eau"], ["fête", "eau"]][random(4)]
            submission.allowsPartners = random(4) > 0
            let given = try await workshop.contribute(submission)
            return known.append(Known(receipt: given.receipt, agrees: submission.allowsPartners == true))
        }
        guard let own = try? workshop.own(known[number].receipt) else { return }
        switch random(8) {
        case 0: try await workshop.change(known[number].receipt, #"{"properties":{"text":"Autre \#(step)"}}"#)
        case 1: _ = try? await workshop.change(known[number].receipt, #"{"properties":{"precision":"wide"}}"#)
        case 2:
            let state = own.state == .hidden ? "published" : "hidden"
            _ = try? await workshop.change(known[number].receipt, #"{"state":"\#(state)"}"#)
        case 3:
            known[number].agrees.toggle()
            let agrees = known[number].agrees
            try await workshop.change(
                known[number].receipt, #"{"properties":{"consents":{"partners":\#(agrees)}}}"#)
        case 4 where random(4) == 0: try await workshop.withdraw(known[number].receipt)
        default: try await answer(number, keys[random(3)], random(4), workshop, token, &known)
        }
    }

    private func answer(
        _ number: Int, _ key: PublicIdentifier, _ choice: Int, _ workshop: Workshop, _ token: AccessToken,
        _ known: inout [Known]
    ) async throws {
        let own = try workshop.own(known[number].receipt)
        let isPublic = try workshop.shown()[own.identifier.bits] != nil
        let bytes = isPublic ? try bytesShown(own, workshop) : []
        var answers = ClearanceAnswers()
        switch choice {
        case 0: answers.refuse = [own.identifier]
        case 1: answers.withdraw = [own.identifier]
        default: answers.clear = [ClearanceRequest(identifier: own.identifier, form: PublishedForm(of: bytes))]
        }
        let outcome = try await workshop.participation.answer(answers, for: key, by: token, at: Workshop.noon)
        for _ in outcome.cleared {
            known[number].cleared[key] = bytes
            known[number].refusedBy.remove(key)
        }
        for _ in outcome.refused + outcome.withdrawn { known[number].cleared[key] = nil }
        if !outcome.refused.isEmpty { known[number].refusedBy.insert(key) }
        if !outcome.withdrawn.isEmpty { known[number].refusedBy.remove(key) }
    }

    private func bytesShown(_ own: OwnContribution, _ workshop: Workshop) throws -> [UInt8] {
        let layer = try workshop.layers.require(workshop.layer)
        return try #require(layer.snapshot.feature(identifier: own.identifier.bits)).feature.text
    }

    /// By the words of what is published, and by what the test remembers.
    private func isExpected(
        _ feature: JSONValue, _ bytes: [UInt8], _ known: Known, on key: PublicIdentifier
    ) throws -> Bool {
        guard known.agrees, !known.refusedBy.contains(key) else { return false }
        var themes: [String] = []
        if case .array(let list)? = feature["properties"]?["theme"] { themes = list.compactMap(\.text) }
        if key.bits > 100 {
            let geometry = try #require(try GeoJSONReader.geometry(from: feature["geometry"] ?? .null))
            var isInside = true
            geometry.forEachCoordinate { isInside = isInside && Self.region.containsPlanar($0) }
            guard isInside else { return false }
        }
        if key.bits == 102, themes.isEmpty { return false }
        if key.bits == 101 { return true }
        if key.bits == 102, feature["properties"]?["kind"] == "memory", themes.contains("fête") { return true }
        return known.cleared[key] == bytes
    }

    private func compare(
        _ key: PublicIdentifier, _ known: [Known], _ workshop: Workshop, _ comment: Comment,
        _ generator: inout SeededGenerator
    ) throws {
        let layer = try workshop.layers.require(workshop.layer)
        let embed = try #require(workshop.layers.embed(key))
        var expected: [IndexedFeature] = []
        for one in known {
            guard let own = try? workshop.own(one.receipt),
                let feature = layer.snapshot.feature(identifier: own.identifier.bits)
            else { continue }
            let text = feature.feature.text
            if try isExpected(try JSONParser.parse(text), text, one, on: key) { expected.append(feature.feature) }
        }
        var packing = PackedIndexBuilder()
        for feature in expected { packing.append(feature) }
        let twin = PublishedLayer(
            layer: layer.layer, index: FeatureIndex(base: packing.build()), vocabulary: layer.vocabulary)
        let (found, wanted) = (embed.shown.snapshot, twin.snapshot)
        #expect(texts(found) == texts(wanted), comment)
        #expect(found.count == wanted.count && found.extent == wanted.extent, comment)
        #expect(embed.shown.themes == twin.themes && found.geometryDimension == wanted.geometryDimension, comment)
        for zoom in [0, 9, 12, 14, 16] {
            let (x, y) = WebMercator.project(place(2.35 + Double.random(in: 0...0.07, using: &generator), 48.868))
            let side = Double(1 << zoom)
            let address = try TileAddress(zoom: zoom, column: Int(x * side), row: Int(y * side))
            let tiles = [found, wanted].map { TileContents(of: address, layer: "fabrique", snapshot: $0) }
            #expect(tiles[0].geoJSON == tiles[1].geoJSON, comment)
            #expect(try tiles[0].vectorTile == tiles[1].vectorTile, comment)
        }
        let waiting = try workshop.layers.features(.waiting, for: embed, after: nil, limit: .max / 2).features
        #expect(waiting.allSatisfy { found.feature(identifier: $0.identifier) == nil }, comment)
    }

    private func texts(_ snapshot: IndexSnapshot) -> [[UInt8]] {
        snapshot.features(limit: .max).features.map(\.feature.text)
    }
}
