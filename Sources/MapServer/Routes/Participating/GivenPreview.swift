import Contributions
import Curation
import Foundation
import MapFormats

/// What somebody without scripts is shown before it is sent for good: their words, who will read them, and whether
/// they lead to a person or to a door.
enum GivenPreview {
    private static let shown = [
        "kind", "title", "text", "when", "author", "age_band", "invitation", "theme", "lang", "licence", "partners",
        "consent", "consent_version", "encounter",
    ]

    /// - Throws: `SubmissionError` for what is no contribution yet.
    static func page(
        _ fields: QueryParameters, _ feature: JSONObject, _ layer: PublishedLayer, _ framing: ContributeFraming,
        _ frame: PageFrame
    ) throws -> Reply {
        let request = framing.request
        let submission = try SubmissionReader.read(feature.bytes)
        _ = try request.site.consentTexts.shown(submission.consentVersion, in: frame.language)
        let isChild = submission.ageBand?.needsParent == true
        let kinds = TextFlag.kinds(in: [submission.title, submission.text, submission.author ?? ""])
        var values: [String: Any] = [
            "id": layer.identifier.text, "title": layer.layer.title, "key": key(request),
            "fields": shown.compactMap { name in fields[name].map { ["name": name, "value": $0] } },
            "kind": submission.kind?.rawValue ?? "", "kindName": kindName(submission, frame.words),
            "givenTitle": submission.title, "givenText": submission.text, "isUntitled": submission.title.isEmpty,
            "author": isChild ? "" : submission.author ?? "", "when": fields["when"] ?? "",
            "allowsPartners": submission.allowsPartners == true, "isChild": isChild,
            "flagged": kinds.compactMap { frame.words["flags", $0.rawValue] }, "isFlagged": !kinds.isEmpty,
        ]
        values.merge(framing.values(frame)) { _, own in own }
        var reply = try request.site.pages.reply("given-preview", values, in: frame, under: framing.policy)
        reply.entityTag = nil
        return reply
    }

    private static func kindName(_ submission: Submission, _ words: Words) -> String {
        submission.kind.flatMap { words["kinds", $0.rawValue] } ?? ""
    }

    /// A random key of 128 bits.
    private static func key(_ request: RouteRequest) -> String {
        var generator = request.site.participation.generator()
        return PublicIdentifier.random(using: &generator).description
    }
}

extension TextFlag {
    /// The kinds of what some texts hold, each once.
    fileprivate static func kinds(in texts: [String]) -> [Kind] {
        let found = Set(texts.flatMap(TextFlags.find).map(\.kind))
        return Kind.allCases.filter(found.contains)
    }
}
