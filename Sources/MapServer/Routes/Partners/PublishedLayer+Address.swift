import Curation

extension PublishedLayer {
    /// The query that means this part of the layer, with what else is asked; empty for nothing at all.
    func query(and parameters: String...) -> String {
        let all = parameters + (embed.map { ["\(Parameter.embed.name)=\($0)"] } ?? [])
        return all.isEmpty ? "" : "?" + all.joined(separator: "&")
    }
}
