import Contributions
import Foundation
import HTTPTypes
import Mustache

/// The pages for people: Mustache templates whose every value is escaped, and their assets.
struct Pages: Sendable {
    private let library: MustacheLibrary
    private let assets: [String: [UInt8]]
    private let french: Words
    private let english: Words

    /// Where the words, templates and assets are that ship with the server.
    static let root = Bundle.module.bundleURL.appendingPathComponent("Resources")

    /// Reads them.
    init() throws {
        let root = Self.root
        MustacheContentTypes.register(MarkupEscaping(), named: MarkupEscaping.name)
        var templates: [String: MustacheTemplate] = [:]
        for (name, bytes) in try Self.files(in: root.appendingPathComponent("pages")) {
            templates[name.replacing(".mustache", with: "")] =
                try MustacheTemplate(string: MarkupEscaping.pragma + String(decoding: bytes, as: UTF8.self))
        }
        library = MustacheLibrary(templates: templates)
        let sources = try Self.files(in: root.appendingPathComponent("assets"))
        assets = Dictionary(
            uniqueKeysWithValues: sources.map { name, bytes in
                (name, name.hasSuffix(".svg") ? bytes : Uncommented.bytes(bytes))
            })
        let words = try Self.files(in: root.appendingPathComponent("words"))
        french = try Words(.french, Self.files(words, of: .french))
        english = try Words(.english, Self.files(words, of: .english))
    }

    func words(_ language: PageLanguage) -> Words {
        switch language {
        case .french: french
        case .english: english
        }
    }

    private static func files(in folder: URL) throws -> [String: [UInt8]] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return Dictionary(
            uniqueKeysWithValues: try names.map { name in
                (name, Array(try Data(contentsOf: folder.appendingPathComponent(name))))
            })
    }

    /// `fr.json` and what is named like `fr-participant.json`.
    private static func files(_ all: [String: [UInt8]], of language: PageLanguage) -> [[UInt8]] {
        all.filter { $0.key.prefix { $0 != "." && $0 != "-" } == language.rawValue }.map(\.value)
    }

    /// - Throws: `WebError.noSuchPage`.
    func asset(_ name: String) throws(WebError) -> [UInt8] {
        guard let bytes = assets[name] else { throw .noSuchPage }
        return bytes
    }

    /// - Parameter values: what stands in the template beside the words and values of the frame.
    func reply(
        _ template: String, _ values: [String: Any], in frame: PageFrame, under policy: PagePolicy = PagePolicy()
    ) throws -> Reply {
        let all = frame.values.merging(values) { _, own in own }
        guard let html = library.render(all, withTemplate: template) else { throw WebError.noSuchPage }
        return Reply(
            Array(html.utf8), mediaType: MediaType.html,
            headers: PageHeaders.fields.merging([
                .contentSecurityPolicy: policy.text, .contentLanguage: frame.language.rawValue,
                .vary: "Accept, Accept-Language, Accept-Encoding",
            ]))
    }
}
