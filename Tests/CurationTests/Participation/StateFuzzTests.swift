import Contributions
import MapFormats
import MapGeometry
import SpatialDatabase
import SpatialIndex
import TestSupport
import Testing

@testable import Curation

/// LP6: whatever authors and curators do in whatever order, what shows is what the rules say and nothing else.
@Suite struct StateFuzzTests {
    private static let seed: UInt64 = 60

    @Test(arguments: [false, true])
    func whateverIsDoneInWhateverOrderOnlyWhatTheRulesSayShows(isReviewedAfter: Bool) async throws {
        let workshop = try await Workshop(
            { $0.review = isReviewedAfter ? .after : .before }, seed: Self.seed)
        let sequences = ProofSize.count(150, full: 5_000)
        // Several at once, so that they share transactions.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<6 {
                group.addTask {
                    for number in stride(from: worker, to: sequences, by: 6) {
                        var history = try await History(
                            workshop, seed: Self.seed &* 1_000_000 &+ UInt64(number), isReviewedAfter)
                        for _ in 0..<20 { try await history.step() }
                        history.requireOnePlaceAnId()
                    }
                }
            }
            try await group.waitForAll()
        }
        _ = try workshop.shown()
        let check = try workshop.store.check()
        #expect(check.isSound, "\(check.findings.filter { $0.severity == .wrong })")
        // What is public in the end is public again after a start.
        let fresh = try PublishedLayers(store: workshop.store)
        #expect(try fresh.require(workshop.layer).snapshot.count == workshop.shown().count)
    }
}

/// One contribution, what its people do with it, and the model beside it.
private struct History {
    private let workshop: Workshop
    private let seed: UInt64
    private var generator: SeededGenerator
    private var model: StateModel
    private let receipt: Receipt
    private var identifier: PublicIdentifier
    private var home: Coordinate
    private var done: [String] = []
    /// What has shown under each id.
    private var shown: [PublicIdentifier: [StateModel.Face]] = [:]

    init(_ workshop: Workshop, seed: UInt64, _ isReviewedAfter: Bool) async throws {
        self.workshop = workshop
        self.seed = seed
        generator = SeededGenerator(seed: seed)
        home = place(
            Double.random(in: 2.30...2.40, using: &generator), Double.random(in: 48.85...48.88, using: &generator))
        let level = Precision.allCases.randomElement(using: &generator) ?? .about
        model = StateModel(.given("0", level, at: home), isReviewedAfter: isReviewedAfter)
        let given = try await workshop.contribute(
            Workshop.submission(title: "0", at: level == .none ? nil : home, level == .none ? nil : level))
        (identifier, receipt) = (given.identifier, given.receipt)
        try compare()
    }

    mutating func step() async throws {
        guard model.state != .gone else { return }
        let before = model
        let isAllowed: Bool
        switch Int.random(in: 0..<24, using: &generator) {
        case 0...2: isAllowed = try await retitle()
        case 3...7: isAllowed = try await pin()
        case 8: isAllowed = try await author(#"{"state":"hidden"}"#) { $0.hideByAuthor() }
        case 9...10: isAllowed = try await author(#"{"state":"published"}"#) { $0.showByAuthor() }
        case 11...14: isAllowed = try await curator(.publish(from: nil)) { $0.publish() }
        case 15: isAllowed = try await curator(.reject) { $0.reject() }
        case 16: isAllowed = try await curator(.hide) { $0.hide() }
        case 17...18: isAllowed = try await coarsen()
        case 19...20: isAllowed = try await curator(.ask(question: "Qui ?")) { $0.ask() }
        case 21...22: isAllowed = try await author(#"{"answer":"\#(done.count)"}"#) { $0.answer() }
        default:
            guard Int.random(in: 0..<5, using: &generator) == 0 else { return }
            isAllowed = try await forget()
        }
        if !isAllowed { model = before }
        try compare()
    }

    private mutating func retitle() async throws -> Bool {
        var face = model.latest
        face.title = String(Int.random(in: 0..<4, using: &generator))
        return try await author(#"{"properties":{"title":"\#(face.title)"}}"#) { $0.change(to: face) }
    }

    /// The noise of a receiver, or somewhere else; sometimes at another level, sometimes without saying where.
    private mutating func pin() async throws -> Bool {
        let isFar = Int.random(in: 0..<3, using: &generator) == 0
        let spread = isFar ? 0.02 : 0.0005
        let pin = place(
            home.longitude + Double.random(in: -spread...spread, using: &generator),
            home.latitude + Double.random(in: -spread...spread, using: &generator))
        if isFar { home = pin }
        let latest = model.latest
        let level = Precision.allCases.randomElement(using: &generator) ?? .about
        guard level != .none, Bool.random(using: &generator) else {
            let face = latest.coarsened(to: level)
            let isPossible = !level.isFiner(than: latest.level)
            return try await author(#"{"properties":{"precision":"\#(level.rawValue)"}}"#) {
                isPossible && $0.change(to: face)
            }
        }
        let face = latest.pinned(level, at: pin)
        let geometry = #"{"type":"Point","coordinates":[\#(pin.longitude),\#(pin.latitude)]}"#
        return try await author(#"{"geometry":\#(geometry),"properties":{"precision":"\#(level.rawValue)"}}"#) {
            $0.change(to: face)
        }
    }

    private mutating func coarsen() async throws -> Bool {
        let level = [Precision.about, .wide, .none].randomElement(using: &generator) ?? .none
        return try await curator(.coarsen(level)) { $0.coarsen(to: level) }
    }

    private mutating func forget() async throws -> Bool {
        if Bool.random(using: &generator) {
            try await workshop.withdraw(receipt)
        } else {
            try await workshop.participation.erase(identifier, at: Workshop.noon)
        }
        done.append("forget")
        model.forget()
        return true
    }

    private mutating func author(_ json: String, _ expect: (inout StateModel) -> Bool) async throws -> Bool {
        done.append(json)
        let isAllowed = expect(&model)
        do {
            identifier = try await workshop.change(receipt, json).identifier
            #expect(isAllowed, "allowed; \(self)")
        } catch is CurationError {
            #expect(!isAllowed, "refused; \(self)")
        } catch is SubmissionError {
            #expect(!isAllowed, "refused; \(self)")
        }
        return isAllowed
    }

    private mutating func curator(_ decision: Decision, _ expect: (inout StateModel) -> Bool) async throws -> Bool {
        done.append("\(decision)")
        let isAllowed = expect(&model)
        do {
            identifier = try await workshop.decide(decision, identifier).identifier
            #expect(isAllowed, "allowed; \(self)")
        } catch is CurationError {
            #expect(!isAllowed, "refused; \(self)")
        }
        return isAllowed
    }

    private mutating func compare() throws {
        let snapshot = try workshop.layers.require(workshop.layer).snapshot
        var bytes: [UInt8] = []
        snapshot.feature(identifier: identifier.bits)?.appendText(to: &bytes)
        let face = bytes.isEmpty ? nil : try Self.face(try JSONParser.parse(bytes))
        #expect(face == model.shows, "\(self)")
        if let face, shown[identifier]?.last != face { shown[identifier, default: []].append(face) }
        for old in shown.keys where old != identifier {
            #expect(snapshot.feature(identifier: old.bits) == nil, "\(self)")
        }
    }

    private static func face(_ feature: JSONValue) throws -> StateModel.Face {
        let properties = feature["properties"]
        let level = try #require(properties?["precision"]?.text.flatMap(Precision.init))
        let geometry = try feature["geometry"].flatMap { try GeoJSONReader.geometry(from: $0) }
        let point: Coordinate? = if case .point(let point)? = geometry { point } else { nil }
        let cell = try properties?["cell"]?.text.map { try GridCell(name: $0) }
        #expect(cell == nil || geometry?.typeName == "Polygon")
        #expect((geometry == nil) == (level == .none))
        return StateModel.Face(title: properties?["title"]?.text ?? "", level: level, cell: cell, point: point)
    }

    /// Under one id, one cell and those around it; a point that has been public tells more than any cell.
    func requireOnePlaceAnId() {
        for (identifier, faces) in shown where !faces.contains(where: { $0.level == .exact }) {
            let cells = faces.compactMap(\.cell)
            for cell in cells {
                for other in cells {
                    #expect(cell.contains(other) || other.contains(cell), "\(identifier) \(faces) \(self)")
                }
            }
        }
    }
}

extension History: CustomStringConvertible {
    var description: String { "seed \(seed): \(done.joined(separator: " · ")) → \(model.state) \(model.latest)" }
}
