import Contributions
import Foundation
import MapFormats

/// Two files of one language have a group of the same name, of which one would be lost.
struct TwoGroups: Error, CustomStringConvertible {
    let name: String

    var description: String { "two files of words have a group named \(name)" }
}

/// What the pages say in one language: groups of words, read from the files of that language.
struct Words: Sendable {
    let language: PageLanguage
    private let groups: [String: [String: String]]

    /// - Throws: when a file is no JSON object of objects of texts; `TwoGroups` when two files have one of the same name.
    init(_ language: PageLanguage, _ files: [[UInt8]]) throws {
        self.language = language
        groups = try files.reduce(into: [:]) { groups, bytes in
            let more = try JSONDecoder().decode([String: [String: String]].self, from: Data(bytes))
            if let name = more.keys.first(where: { groups[$0] != nil }) { throw TwoGroups(name: name) }
            groups.merge(more) { words, _ in words }
        }
    }

    /// For templates, which name a word as `{{page.next}}`.
    var values: [String: Any] { groups }

    subscript(group: String, name: String) -> String? { groups[group]?[name] }

    /// The groups whose names are meant, as JSON for a script.
    func json(where isMeant: (String) -> Bool) -> String { json(of: groups.keys.filter(isMeant).sorted()) }

    /// Some groups as JSON, for the map's script.
    func json(of names: String...) -> String { json(of: names) }

    private func json(of names: [String]) -> String {
        let document = JSONObject(
            names.map { name in
                let group = (groups[name] ?? [:]).sorted { $0.key < $1.key }
                return (name, .object(JSONObject(group.map { ($0.key, .string($0.value)) })))
            })
        return JSONWriter.text(of: .object(document))
    }

    /// So many contributions; in French nought and one are singular, in English one is.
    func contributions(_ count: Int) -> String {
        let isPlural = language == .french ? count > 1 : count != 1
        return "\(count) \(self["page", isPlural ? "contributions" : "contribution"] ?? "")"
    }

    /// "2026-11-01" as "1er novembre 2026"; anything else as it is.
    func day(_ text: String) -> String {
        let parts = text.split(separator: "-")
        guard parts.count == 3, let day = Int(parts[2]), let month = self["months", String(parts[1])] else { return text }
        return "\(language == .french && day == 1 ? "1er" : String(day)) \(month) \(parts[0])"
    }

    /// A whole number with its thousands apart, as one writes it in the language.
    func number(_ number: Int) -> String {
        let digits = String(number)
        let groups = stride(from: digits.count, to: 0, by: -3).map { digits.prefix($0).suffix(3) }
        return groups.reversed().joined(separator: language == .french ? "\u{202F}" : ",")
    }

    /// What an operation does. The definition's own words are English.
    func summary(of operation: Operation) -> Phrase {
        phrase(self["operations", operation.identifier], orEnglish: operation.summary)
    }

    func expectation(of parameter: Parameter) -> Phrase {
        phrase(self["parameters", parameter.name], orEnglish: parameter.expected)
    }

    private func phrase(_ text: String?, orEnglish english: String) -> Phrase {
        Phrase(text: text ?? english, language: text == nil ? .english : language)
    }

    /// A text and the language in which it really is.
    struct Phrase: Equatable {
        let text: String
        let language: PageLanguage
    }
}
