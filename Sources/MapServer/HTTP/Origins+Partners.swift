import Contributions
import Curation
import HTTPTypes
import Hummingbird

/// The one address that pages of partners write to: contributing to a layer, through an embed whose contract says so.
extension Origins {
    /// The origin from which a request comes when it is one of the partner whose embed it names, and that embed takes
    /// contributions; nil for every other. To the letter.
    static func partner(_ request: Request, _ site: Site) -> String? {
        guard let origin = request.headers[.origin], request.method == .post || request.method == .options,
            let key = embed(in: request.head.path ?? ""), let embed = site.layers.embed(key),
            embed.embed.takesContributions, embed.origins.contains(where: { $0.text == origin })
        else { return nil }
        return origin
    }

    /// The key that `/collections/{layer}/items?embed=` names.
    private static func embed(in address: String) -> PublicIdentifier? {
        let parts = address.split(separator: "?", maxSplits: 1)
        guard parts.count == 2, let parameters = try? QueryParameters(parts[1]) else { return nil }
        let segments = parts[0].split(separator: "/")
        guard segments.count == 3, segments[0] == "collections", segments[2] == "items" else { return nil }
        return parameters[Parameter.embed.name].flatMap { PublicIdentifier($0) }
    }
}
