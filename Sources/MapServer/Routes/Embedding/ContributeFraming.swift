import Contributions
import Curation

/// Who may frame the form for contributing: the partner whose contract says so, through its embed, and nobody else.
struct ContributeFraming {
    /// In the language that the contract pins.
    let request: RouteRequest
    private let contract: PublishedEmbed?

    /// - Throws: what becomes a 404 for a key that no open embed of the layer has.
    init(_ request: RouteRequest) throws {
        let embed = try EmbedOptions.contract(request)
        contract = embed?.embed.takesContributions == true ? embed : nil
        self.request = EmbedOptions.inPinnedLanguage(request, embed)
    }

    var policy: PagePolicy { contract.map { PagePolicy($0) } ?? PagePolicy() }

    /// What the page in a frame leads to: back to the embed within it, and elsewhere outside it.
    func values(_ frame: PageFrame) -> [String: Any] {
        guard let contract else { return [:] }
        let query = "\(contract.shown.query())\(frame.values["andStay"] ?? "")"
        var values: [String: Any] = ["isFramed": true, "embedQuery": query]
        if EmbedPalette(contract.embed.look.colours) != nil {
            values["colours"] = "/embed/\(contract.embed.layer)/colours.css\(contract.shown.query())"
        }
        return values
    }
}
