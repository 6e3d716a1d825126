import Contributions
import Curation
import Foundation
import MapFormats

/// What a curator wants masked: `masks`, stretches counted in code points, and `words`, wherever they stand.
enum MaskBody {
    private static let most = 100

    /// - Throws: `SubmissionError`.
    static func read(_ body: JSONObject) throws(SubmissionError) -> Masking {
        let marks = try list(body["masks"], at: "/masks")
        let words = try list(body["words"], at: "/words")
        guard !marks.isEmpty || !words.isEmpty else { throw fault("/masks", .missing) }
        var masking = (marks: [Masking.Mark](), words: [String]())
        for (place, mark) in marks.enumerated() { masking.marks.append(try read(mark, at: "/masks/\(place)")) }
        for (place, word) in words.enumerated() {
            let pointer = "/words/\(place)"
            let text = try Remark.read(word, at: pointer)
            guard !text.isEmpty else { throw fault(pointer, .mark(.empty)) }
            masking.words.append(text)
        }
        return Masking(marks: masking.marks, words: masking.words)
    }

    private static func list(_ value: JSONValue?, at pointer: String) throws(SubmissionError) -> [JSONValue] {
        switch value {
        case nil, .null: return []
        case .array(let items)?:
            guard items.count <= most else { throw fault(pointer, .tooMany(found: items.count, limit: most)) }
            return items
        default: throw fault(pointer, .wrongType)
        }
    }

    private static func read(_ value: JSONValue, at pointer: String) throws(SubmissionError) -> Masking.Mark {
        guard case .object(let mark) = value else { throw fault(pointer, .wrongType) }
        for member in mark.members where !["pointer", "start", "end"].contains(member.name) {
            throw fault(SubmissionFault.pointer(toMember: member.name, of: pointer), .unknownMember)
        }
        guard let field = TextField.allCases.first(where: { mark["pointer"] == .string($0.pointer) }) else {
            throw fault(pointer + "/pointer", .notOneOf(TextField.allCases.map(\.pointer)))
        }
        return Masking.Mark(
            field, start: try place(mark["start"], at: pointer + "/start"),
            end: try place(mark["end"], at: pointer + "/end"))
    }

    private static func place(_ value: JSONValue?, at pointer: String) throws(SubmissionError) -> Int {
        switch value {
        case .integer(let place)?: return Int(place)
        case nil: throw fault(pointer, .missing)
        default: throw fault(pointer, .wrongType)
        }
    }

    private static func fault(_ pointer: String, _ problem: SubmissionFault.Problem) -> SubmissionError {
        .faults([SubmissionFault(pointer, problem)])
    }
}
