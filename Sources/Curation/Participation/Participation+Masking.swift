import Contributions
import Foundation
import MapFormats
import SpatialDatabase

extension Participation {
    /// Overwrites marked words wherever they are kept: in what stands and what waits, in what is public, and in what
    /// was said about it.
    ///
    /// Marks are of the version that a curator sees first; in all others the words under them are looked for.
    /// - Throws: `SubmissionError.faults` for marks that cannot be, or that would make a text too long.
    func mask(
        _ masking: Masking, in stored: StoredContribution, of layer: Layer, at now: Int64,
        _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        let latest = stored.proposal ?? stored.content
        let plan = try MaskPlan(masking, of: latest, everywhere: [stored.content, latest])
        let masked = try plan.applied(toMarked: latest)
        let content = stored.proposal == nil ? masked : try plan.applied(to: stored.content)
        if stored.proposal != nil { try transaction.replaceProposal(of: stored, with: masked) }
        try transaction.replaceContent(of: stored, with: content)
        try transaction.rewriteWords(about: stored, plan.rewritten)
        // Whoever has counted in the text as it was is told that it is not any more.
        try transaction.countRevision(of: stored)
        guard stored.isPublic, content != stored.content else { return }
        try show(stored, as: content, identifier: stored.identifier, of: layer, at: now, transaction, &change)
    }
}

/// What is to be masked where, worked out before anything is changed.
private struct MaskPlan {
    private var stretches: [TextField: [Range<String.Index>]] = [:]
    /// Those that a curator has written down.
    private let given: [String]
    /// Those and what stands under the marks, the longest first, so that none is hidden within another.
    private let words: [String]

    init(_ masking: Masking, of content: Contribution, everywhere versions: [Contribution]) throws {
        var (found, faults): ([String], [SubmissionFault]) = ([], [])
        for (place, mark) in masking.marks.enumerated() {
            let text = mark.field.text(of: content)
            do throws(Masking.Fault) {
                let stretch = try Masking.marked(text, from: mark.start, to: mark.end)
                stretches[mark.field, default: []].append(stretch)
                found.append(String(text[stretch]))
            } catch {
                faults.append(SubmissionFault("/masks/\(place)" + error.member, .mark(error)))
            }
        }
        for (place, word) in masking.words.enumerated() {
            let texts = versions.flatMap(Self.texts)
            if texts.contains(where: { !Masking.stretches(of: word, in: $0).isEmpty }) { continue }
            let isHalf = texts.contains { text in
                !text.contains(word) && text.unicodeScalars.contains(word.unicodeScalars)
            }
            faults.append(SubmissionFault("/words/\(place)", .mark(isHalf ? .halfCharacter(.start) : .notThere)))
        }
        guard faults.isEmpty else { throw SubmissionError.faults(faults) }
        given = masking.words
        words = Set(found + given).filter { !$0.trimmed.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    }

    private static func texts(_ content: Contribution) -> [String] {
        TextField.allCases.map { $0.text(of: content) } + content.themes + [content.properties.json]
    }

    /// The version in which the marks were counted.
    func applied(toMarked content: Contribution) throws -> Contribution {
        try masked(content, words: given) { field in
            let text = field.text(of: content)
            return Masking.masked(
                text, stretches[field, default: []] + given.flatMap { Masking.stretches(of: $0, in: text) })
        }
    }

    func applied(to content: Contribution) throws -> Contribution {
        try masked(content, words: words) { rewritten($0.text(of: content)) }
    }

    func rewritten(_ text: String) -> String { Masking.masked(text, words: words) }

    private func masked(
        _ content: Contribution, words: [String], _ text: (TextField) -> String
    ) throws -> Contribution {
        let author = text(.author)
        do {
            return try Contribution(
                kind: content.kind, title: text(.title), text: text(.text),
                themes: content.themes.map { Masking.masked($0, words: words) }, when: content.when,
                language: content.language, author: author.isEmpty ? nil : author, licence: content.licence,
                precision: content.precision, geometry: content.geometry, cell: content.cell,
                properties: try masked(content.properties, words))
        } catch ContributionError.tooLong(_, let characters, let limit) {
            // The sign is longer than a letter.
            throw SubmissionError.faults([SubmissionFault("/masks", .tooLong(characters: characters, limit: limit))])
        }
    }

    /// The texts among the properties that we give no meaning to.
    private func masked(_ properties: FreeProperties, _ words: [String]) throws -> FreeProperties {
        guard properties.json != FreeProperties.none.json else { return properties }
        let value = masked(try JSONParser.parse(Array(properties.json.utf8)), words)
        return FreeProperties(members: properties.members, json: JSONWriter.text(of: value))
    }

    private func masked(_ value: JSONValue, _ words: [String]) -> JSONValue {
        switch value {
        case .string(let text): .string(Masking.masked(text, words: words))
        case .array(let items): .array(items.map { masked($0, words) })
        case .object(let object): .object(JSONObject(object.members.map { ($0.name, masked($0.value, words)) }))
        case .null, .boolean, .integer, .number: value
        }
    }
}

extension Masking.Fault {
    /// The member of a mark that is at fault.
    fileprivate var member: String {
        switch self {
        case .halfCharacter(.start): "/start"
        case .empty, .outside, .halfCharacter(.end): "/end"
        case .notThere: ""
        }
    }

    var code: String {
        switch self {
        case .empty: "empty-mark"
        case .outside: "outside"
        case .halfCharacter: "half-character"
        case .notThere: "not-there"
        }
    }

    func sentence(in language: Language) -> String {
        switch (self, language) {
        case (.empty, .french): "Cette marque ne tient rien : la fin vient après le début."
        case (.empty, .english): "This mark holds nothing: the end comes after the start."
        case (.outside(let length), .french): "Cette marque dépasse le texte, qui a \(length) signes."
        case (.outside(let length), .english): "This mark reaches beyond the text, which has \(length) code points."
        case (.halfCharacter, .french): "Cette marque coupe un signe en deux. Prenez-le en entier."
        case (.halfCharacter, .english): "This mark divides a character. Take the whole of it."
        case (.notThere, .french): "Ce mot n’est nulle part dans la contribution."
        case (.notThere, .english): "This word is nowhere in the contribution."
        }
    }
}
