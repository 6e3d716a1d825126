import Contributions
import Curation
import Foundation
import MapFormats

/// Reads the members of what somebody has sent who arranges partners and embeds. All that is wrong is said at once.
struct MemberReader {
    let members: JSONObject
    private(set) var faults: [SubmissionFault] = []

    /// - Parameter known: the names of the members that there are; any other is a fault.
    /// - Throws: `SubmissionError` when it is not an object.
    init(_ value: JSONValue, known: Set<String>) throws(SubmissionError) {
        guard case .object(let members) = value else { throw .faults([SubmissionFault("", .wrongType)]) }
        self.members = members
        for member in members.members where !known.contains(member.name) {
            fail(SubmissionFault.pointer(toMember: member.name), .unknownMember)
        }
    }

    mutating func fail(_ pointer: String, _ problem: SubmissionFault.Problem) {
        faults.append(SubmissionFault(pointer, problem))
    }

    /// - Throws: `SubmissionError.faults` when there were any.
    func finish() throws(SubmissionError) {
        guard faults.isEmpty else { throw .faults(faults) }
    }

    /// A member that is there and not null.
    func given(_ name: String) -> JSONValue? {
        // Not by `flatMap`, in whose closure `nil` would be the JSON value null.
        guard let value = members[name], value != .null else { return nil }
        return value
    }

    /// One line of text; nil when it is not given.
    mutating func line(_ name: String, longest: Int) -> String? {
        guard let value = given(name) else { return nil }
        guard let text = value.text else { return wrong("/\(name)") }
        return checked(text, at: "/\(name)", longest: longest)
    }

    mutating func flag(_ name: String) -> Bool? {
        guard let value = given(name) else { return nil }
        guard case .boolean(let flag) = value else { return wrong("/\(name)") }
        return flag
    }

    /// The public id that a member must be.
    mutating func identifier(_ name: String, otherwise problem: SubmissionFault.Problem) -> PublicIdentifier? {
        guard let value = given(name) else {
            fail("/\(name)", .missing)
            return nil
        }
        guard let text = value.text else { return wrong("/\(name)") }
        guard let identifier = PublicIdentifier(text) else {
            fail("/\(name)", problem)
            return nil
        }
        return identifier
    }

    /// A list of texts, with where each stands; empty when it is not given.
    mutating func texts(_ name: String, most: Int) -> [(pointer: String, text: String)] {
        guard let value = given(name) else { return [] }
        guard case .array(let values) = value else { return wrong("/\(name)") ?? [] }
        if values.count > most { fail("/\(name)", .tooMany(found: values.count, limit: most)) }
        var texts: [(String, String)] = []
        for (place, value) in values.prefix(most).enumerated() {
            if let text = value.text {
                texts.append(("/\(name)/\(place)", text))
            } else {
                fail("/\(name)/\(place)", .wrongType)
            }
        }
        return texts
    }

    /// One of several words; nil when it is not given.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        guard let value = given(name) else { return nil }
        let choice = value.text.flatMap(Choice.init(rawValue:))
        if choice == nil { fail("/\(name)", .notOneOf(Choice.allCases.map(\.rawValue))) }
        return choice
    }

    mutating func kinds(_ name: String = "kinds") -> Set<Kind> {
        let found = texts(name, most: Kind.allCases.count).map { item -> Kind? in
            if let kind = Kind(rawValue: item.text) { return kind }
            fail(item.pointer, .notOneOf(Kind.allCases.map(\.rawValue)))
            return nil
        }
        return Set(found.compactMap { $0 })
    }

    /// Themes as they are published: each once, in one spelling, without commas.
    mutating func themes(_ name: String = "themes") -> [String] {
        var themes: [String] = []
        for item in texts(name, most: Embed.mostThemes) {
            let theme = item.text.precomposedStringWithCanonicalMapping
            guard let theme = checked(theme, at: item.pointer, longest: ContributionLimits.theme) else { continue }
            if theme.isEmpty { fail(item.pointer, .missing) }
            if theme.contains(",") { fail(item.pointer, .wrongType) }
            if !themes.contains(theme) { themes.append(theme) }
        }
        return themes
    }

    private mutating func checked(_ text: String, at pointer: String, longest: Int) -> String? {
        if text.count > longest {
            fail(pointer, .tooLong(characters: text.count, limit: longest))
            return nil
        }
        if let hidden = PlainText.fault(inLine: text) {
            fail(pointer, .init(hidden))
            return nil
        }
        return text
    }

    private mutating func wrong<Value>(_ pointer: String) -> Value? {
        fail(pointer, .wrongType)
        return nil
    }
}
