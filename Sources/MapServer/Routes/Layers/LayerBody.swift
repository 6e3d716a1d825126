import Contributions
import Curation
import Foundation
import MapFormats

/// The rules of a layer as somebody has sent them, read. What is not given is as a new layer has it.
struct LayerBody {
    let layer: Layer

    private static let names: Set<String> = [
        "id", "title", "description", "prompt", "rules", "discussion", "opens", "closes", "review", "contributors",
        "kinds", "themes", "languages", "default_precision", "finest_precision", "licence", "release", "retention",
        "indexable",
    ]
    /// What a document says that was read and is sent back; a pause has an address of its own.
    private static let standing: Set<String> = ["state", "paused", "pause_reasons", "shown", "consent", "links"]

    enum Limits {
        static let title = 200
        static let description = 2_000
        static let prompt = 1_000
        static let rules = 5_000
        static let address = 2_000
        static let languages = 20
        /// Days: a hundred years.
        static let retention: Int64 = 36_525
    }

    /// - Parameter identifier: of the layer that is changed; nil for a new one, which names its own.
    /// - Throws: `SubmissionError`.
    init(_ value: JSONValue, changing identifier: LayerIdentifier? = nil) throws(SubmissionError) {
        var reader = try MemberReader(value, known: Self.names.union(Self.standing))
        let name = Self.identifier(&reader, identifier)
        var layer = Layer(identifier: name ?? .nobodys)
        let title = reader.line("title", longest: Limits.title)?.trimmingCharacters(in: .whitespaces) ?? ""
        if !title.isEmpty { layer.title = title }
        layer.description = reader.lines("description", longest: Limits.description)
        layer.prompt = reader.lines("prompt", longest: Limits.prompt)
        layer.rules = reader.lines("rules", longest: Limits.rules)
        layer.discussion = Self.discussion(&reader)
        layer.review = reader.choice("review", Layer.Review.self) ?? layer.review
        layer.contributors = reader.choice("contributors", Layer.Contributors.self) ?? layer.contributors
        layer.release = reader.choice("release", Layer.Release.self) ?? layer.release
        layer.defaultPrecision = reader.choice("default_precision", Precision.self) ?? layer.defaultPrecision
        layer.finestPrecision = reader.choice("finest_precision", Precision.self) ?? layer.finestPrecision
        if reader.given("kinds") != nil { layer.kinds = reader.kinds() }
        if layer.kinds.isEmpty, !reader.faults.contains(where: { $0.pointer.hasPrefix("/kinds") }) {
            reader.fail("/kinds", .missing)
        }
        layer.themes = reader.themes()
        layer.languages = Self.languages(&reader)
        layer.licence = Self.line("licence", longest: ContributionLimits.licence, &reader)
        layer.retention = Self.retention(&reader)
        layer.isIndexable = reader.flag("indexable") ?? false
        Self.readDates(of: &layer, &reader)
        try reader.finish()
        self.layer = layer
    }

    private static func identifier(
        _ reader: inout MemberReader, _ standing: LayerIdentifier?
    ) -> LayerIdentifier? {
        guard let text = reader.given("id")?.text else {
            if standing == nil { reader.fail("/id", reader.given("id") == nil ? .missing : .wrongType) }
            return standing
        }
        if let standing {
            if text != standing.text { reader.fail("/id", .notOneOf([standing.text])) }
            return standing
        }
        let identifier = try? LayerIdentifier(text)
        if identifier == nil { reader.fail("/id", .malformedLayer) }
        return identifier
    }

    private static func line(_ name: String, longest: Int, _ reader: inout MemberReader) -> String? {
        reader.line(name, longest: longest).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Becomes a link on pages for everybody.
    private static func discussion(_ reader: inout MemberReader) -> String? {
        guard let text = line("discussion", longest: Limits.address, &reader) else { return nil }
        let url = URLComponents(string: text)
        guard text.hasPrefix("https://"), url?.host?.isEmpty == false, url?.user == nil else {
            reader.fail("/discussion", .notASecureLink)
            return nil
        }
        return text
    }

    private static func languages(_ reader: inout MemberReader) -> [String] {
        var languages: [String] = []
        for item in reader.texts("languages", most: Limits.languages) {
            if !ContributionLimits.isLanguage(item.text) {
                reader.fail(item.pointer, .notALanguage)
            } else if !languages.contains(item.text) {
                languages.append(item.text)
            }
        }
        return languages
    }

    private static func retention(_ reader: inout MemberReader) -> Int? {
        guard let value = reader.given("retention") else { return nil }
        guard case .integer(let days) = value, (1...Limits.retention).contains(days) else {
            reader.fail("/retention", .wrongType)
            return nil
        }
        return Int(days)
    }

    private static func readDates(of layer: inout Layer, _ reader: inout MemberReader) {
        layer.opens = date("opens", &reader)
        layer.closes = date("closes", &reader)
        if let opens = layer.opens, let closes = layer.closes,
            closes.seconds.upperBound < opens.seconds.lowerBound
        {
            reader.fail("/closes", .endsBeforeItBegins)
        }
    }

    private static func date(_ name: String, _ reader: inout MemberReader) -> ExtendedDate? {
        guard let text = line(name, longest: ContributionLimits.licence, &reader) else { return nil }
        let date = try? ExtendedDate(text)
        if date == nil { reader.fail("/\(name)", .notADay) }
        return date
    }
}

extension MemberReader {
    /// A text of several lines; empty when it is not given.
    mutating func lines(_ name: String, longest: Int) -> String {
        guard let value = given(name) else { return "" }
        guard let text = value.text?.replacing("\r\n", with: "\n") else {
            fail("/\(name)", .wrongType)
            return ""
        }
        if text.count > longest { fail("/\(name)", .tooLong(characters: text.count, limit: longest)) }
        if let fault = PlainText.fault(in: text) { fail("/\(name)", .init(fault)) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
