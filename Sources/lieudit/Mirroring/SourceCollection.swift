import Contributions
import Foundation
import MapFormats

/// What a collection of OGC API Features says of itself.
struct SourceCollection {
    let address: String
    let items: String
    /// The address of its change feed, as this program has one; nil for other servers.
    let changes: String?
    private let document: JSONObject

    /// - Throws: `Refusal`.
    init(_ address: String, through client: SourceClient) async throws {
        let address = Self.collectionAddress(address)
        let answer = try await client.get(address)
        guard answer.status == 200 else {
            throw Refusal("the source answers \(answer.status) at \(address)")
        }
        guard case .object(let document)? = try? JSONParser.parse(answer.body), document["id"]?.text != nil,
            let items = Self.link("items", "application/geo+json", in: document)
        else { throw Refusal("\(address) is not a collection of OGC API Features") }
        self.address = address
        self.document = document
        let found = try client.resolve(items, on: address)
        self.items = found.contains("limit=") ? found : found + (found.contains("?") ? "&" : "?") + "limit=1000"
        let feed = Self.link("monitor", "application/json", in: document)
        changes = try feed.map { try client.resolve($0, on: address) }.flatMap {
            URLComponents(string: $0)?.path.contains("/changes/") == true ? $0 : nil
        }
    }

    /// Without `/items` and without a query.
    private static func collectionAddress(_ text: String) -> String {
        var address = String(text.prefix { $0 != "?" && $0 != "#" })
        while address.hasSuffix("/") { address.removeLast() }
        return address.hasSuffix("/items") ? String(address.dropLast("/items".count)) : address
    }

    /// Of that type, or of one that is not said.
    private static func link(_ relation: String, _ type: String, in document: JSONObject) -> String? {
        guard case .array(let links)? = document["links"] else { return nil }
        let fitting = links.filter { $0["rel"]?.text == relation }
        return (fitting.first { $0["type"]?.text == type } ?? fitting.first { $0["type"] == nil })?["href"]?.text
    }

    /// The layer here: its names there, whom to thank, and nobody who contributes.
    func layer(_ identifier: LayerIdentifier) -> Layer {
        let licence = document["licence"]?.text ?? licenceLink
        let thanks = document["attribution"]?.text.map { " \($0)" } ?? ""
        let description = [
            document["description"]?.text ?? "", "Copie de · Copy of \(address).\(thanks)",
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
        return Layer(
            identifier: identifier, title: document["title"]?.text.map { String($0.prefix(200)) },
            description: String(description.prefix(4_000)), contributors: .curators,
            licence: licence.map { String($0.prefix(ContributionLimits.licence)) })
    }

    private var licenceLink: String? {
        guard case .array(let links)? = document["links"],
            let link = links.first(where: { $0["rel"]?.text == "license" })
        else { return nil }
        return link["title"]?.text ?? link["href"]?.text
    }
}
