package import Contributions
import Foundation
package import MapFormats

/// Reads what a curator sets for an encounter point: `hours`, `prompt`, `reveals` and `state`, all of them anew.
package enum EncounterReader {
    package static let links = 12
    package static let address = 2_000

    /// What stands in what was read before it was changed, and is ignored.
    private static let ignored: Set<String> = ["id", "layer", "next", "links"]
    private static let members: Set<String> = ["hours", "prompt", "reveals", "state"]

    /// - Throws: `SubmissionError`.
    package static func read(_ value: JSONValue, in place: LocalTime) throws(SubmissionError) -> Encounter {
        var reading = MemberReading()
        if value == .null { reading.fail("", .wrongType) }
        let body = reading.object(value, "", members.union(ignored)) ?? JSONObject()
        let face = EncounterFace(
            hours: body["hours"].flatMap { reading.hours($0, "/hours", in: place) },
            prompt: reading.words(body["prompt"], "/prompt", limit: ContributionLimits.text),
            standing: standing(body["state"], &reading))
        let encounter = Encounter(face: face, reveals: body["reveals"].flatMap { reading.reveals($0, "/reveals") })
        guard reading.faults.isEmpty else { throw .faults(reading.faults) }
        return encounter
    }

    /// `alive` and `asleep` both mean that the clock decides.
    private static func standing(_ value: JSONValue?, _ reading: inout MemberReading) -> EncounterStanding? {
        guard let value, value != .null else { return nil }
        if let state = value.text.flatMap(EncounterState.init) { return EncounterStanding(rawValue: state.rawValue) }
        reading.fail("/state", .notOneOf(EncounterState.allCases.map(\.rawValue)))
        return nil
    }

    /// The name that a curator gives a code, such as the wall on which it is; empty for none.
    /// - Throws: `SubmissionError`.
    package static func label(of body: some Collection<UInt8>) throws(SubmissionError) -> String {
        guard !body.isEmpty else { return "" }
        var reading = MemberReading()
        let members = reading.object(try SubmissionReader.value(body), "", ["label"]) ?? JSONObject()
        let label = reading.words(members["label"], "/label", limit: ContributionLimits.author, isLine: true)
        guard reading.faults.isEmpty else { throw .faults(reading.faults) }
        return label
    }
}

extension MemberReading {
    fileprivate mutating func reveals(_ value: JSONValue, _ pointer: String) -> Revelation? {
        guard let members = object(value, pointer, ["text", "links"]) else { return nil }
        let text = words(members["text"], pointer + "/text", limit: ContributionLimits.text)
        var links: [Revelation.Link] = []
        let items = list(members["links"], pointer + "/links", limit: EncounterReader.links)
        for (place, item) in items.enumerated() {
            if let link = link(item, "\(pointer)/links/\(place)") { links.append(link) }
        }
        return text.isEmpty && links.isEmpty ? nil : Revelation(text: text, links: links)
    }

    private mutating func link(_ value: JSONValue, _ pointer: String) -> Revelation.Link? {
        if value == .null { fail(pointer, .wrongType) }
        guard let members = object(value, pointer, ["href", "title"]) else { return nil }
        let title = words(members["title"], pointer + "/title", limit: ContributionLimits.title, isLine: true)
        guard let address = text(members["href"], pointer + "/href") else { return nil }
        if Self.isSecure(address) { return Revelation.Link(address: address, title: title) }
        fail(pointer + "/href", .notASecureLink)
        return nil
    }

    /// An address of HTTPS in visible ASCII, without a name or a password in it.
    private static func isSecure(_ address: String) -> Bool {
        guard address.utf8.count <= EncounterReader.address, address.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
            address.hasPrefix("https://"), let url = URLComponents(string: address)
        else { return false }
        return url.host?.isEmpty == false && url.user == nil && url.password == nil
    }
}

extension Revelation {
    package var document: JSONObject {
        var document = JSONObject()
        if !text.isEmpty { document["text"] = .string(text) }
        if !links.isEmpty {
            document["links"] = .array(
                links.map { link in
                    var members: JSONObject = ["href": .string(link.address)]
                    if !link.title.isEmpty { members["title"] = .string(link.title) }
                    return .object(members)
                })
        }
        return document
    }
}
