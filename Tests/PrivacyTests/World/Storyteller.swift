import Contributions
import Foundation
import HTTPTypes
import MapFormats

/// Lets a story happen in a world: first all is given and most of it is published, then each meets its fate.
struct Storyteller {
    let world: World
    let story: Story
    private(set) var known: [Int: Held] = [:]

    /// What the author of a contribution has in hand.
    struct Held {
        var identifier: String
        let token: String
    }

    private enum Act: UInt64 {
        case give = 1
        case publish, change
    }

    private static let hour: Int64 = 3_600

    init(_ story: Story, in world: World) {
        self.story = story
        self.world = world
    }

    /// Up to here everything that will ever be public is, but for what waits for its day.
    mutating func tellBeginning() async throws {
        for gift in story.gifts where !gift.fate.isLate { try await give(gift) }
        world.clock.now = World.beginning + 26 * 86_400
    }

    /// Each meets its fate; when this returns, time stands still.
    mutating func tellEnd() async throws {
        world.clock.now = Self.ending - 3 * 86_400
        for gift in story.gifts where !gift.fate.isLate { try await fulfil(gift) }
        // The moment at which the last day begins, behind every release and before the next.
        world.clock.now = Self.ending
        for gift in story.gifts where gift.fate.isLate { try await give(gift) }
        world.clock.now = Self.ending + 60
    }

    /// Forty days after the beginning, a little after a midnight in Paris.
    private static let ending = World.beginning + 40 * 86_400

    private mutating func give(_ gift: Gift) async throws {
        if !gift.fate.isLate {
            let start: Int64 = gift.fate == .expired ? 0 : 20 * 86_400
            world.clock.now = World.beginning + start + Int64(gift.number) * 20
        }
        begin(.give, gift)
        let answer = try await world.require(.post, "/collections/\(gift.layer)/items", gift.body)
        known[gift.number] = Held(
            identifier: answer["id"]?.text ?? "", token: answer["receipt"]?["token"]?.text ?? "")
        guard gift.layer == "memoires" else { return }
        switch gift.fate {
        case .pending, .rejected, .awaitingParent: return
        case .embargoed: try await decide("publish", gift, ["from": "2099-01-01"])
        default: try await decide("publish", gift)
        }
    }

    private mutating func fulfil(_ gift: Gift) async throws {
        switch gift.fate {
        case .published, .pending, .embargoed, .awaitingItsDay, .expired, .awaitingParent, .flagged: return
        case .cycled:
            try await decide("hide", gift)
            try await decide("publish", gift)
        case .shownAgain:
            try await change(gift, ["state": "hidden"])
            try await change(gift, ["state": "published"])
        case .changeWaits:
            try await change(gift, ["properties": ["text": .string("\(gift.text) \(gift.secretWord)")]])
        case .coarsened: try await decide("coarsen", gift, ["precision": "wide"])
        case .moved: try await move(gift)
        case .rejected, .rejectedLater: try await decide("reject", gift)
        case .hiddenByCurator: try await decide("hide", gift)
        case .hiddenByAuthor: try await change(gift, ["state": "hidden"])
        case .withdrawn: try await world.require(.delete, try address(gift), bearer: known[gift.number]?.token)
        case .embargoedLater: try await decide("publish", gift, ["from": "2099-01-01"])
        case .asked: try await decide("ask", gift, ["question": .string("Qui est \(gift.secretWord) ?")])
        case .answered:
            try await decide("ask", gift, ["question": "Qui est-ce ?"])
            try await change(gift, ["answer": .string("C’est \(gift.secretWord).")])
        case .erased: try await decide("erase", gift)
        }
    }

    private mutating func move(_ gift: Gift) async throws {
        begin(.change, gift)
        let answer = try await world.require(.put, try address(gift), gift.laterBody, bearer: known[gift.number]?.token)
        known[gift.number]?.identifier = answer["id"]?.text ?? ""
        guard gift.layer == "memoires" else { return }
        let identifier = try await decide("publish", gift)
        known[gift.number]?.identifier = identifier
    }

    private func change(_ gift: Gift, _ patch: JSONValue) async throws {
        begin(.change, gift)
        try await world.require(.patch, try address(gift), patch, bearer: known[gift.number]?.token)
    }

    @discardableResult
    private func decide(_ decision: String, _ gift: Gift, _ more: JSONObject = [:]) async throws -> String {
        begin(.publish, gift)
        var body = more
        body["decision"] = .string(decision)
        if decision != "publish" { body["reasons"] = "Parce que" }
        let answer = try await world.require(
            .post, "/moderation/items/\(try held(gift).identifier)/decision", .object(body), bearer: world.token)
        return answer["id"]?.text ?? ""
    }

    private func address(_ gift: Gift) throws -> String {
        "/collections/\(gift.layer)/items/\(try held(gift).identifier)"
    }

    private func held(_ gift: Gift) throws -> Held {
        guard let held = known[gift.number] else { throw Untold(number: gift.number) }
        return held
    }

    private func begin(_ act: Act, _ gift: Gift) { world.chance.begin(UInt64(gift.number) << 8 | act.rawValue) }

    struct Untold: Error {
        let number: Int
    }
}
