import Contributions
import Curation
import HTTPTypes
import MapGeometry

/// What an embedded page shows and how: what the contract of its key pins, else what its address asks for.
struct EmbedOptions {
    /// Nil without a key: then the page is for frames of our own.
    let contract: PublishedEmbed?
    let list: EmbedLook.ListOption
    /// The id of a style; nil for the one that goes with the light.
    let style: String?
    let palette: EmbedPalette?
    let takesContributions: Bool
    /// Where the map begins to look; nil for all that there is.
    let box: BoundingBox?
    /// The request with the parameters that narrow what is shown and the language, as items take them.
    let request: RouteRequest
    /// What the address keeps beside those, for links to the same page.
    let kept: QueryParameters

    /// - Throws: what becomes a 404 for a key that no open embed of the layer has; `WebError.invalidParameter` for
    ///   what cannot be read and is not pinned.
    init(_ request: RouteRequest) throws {
        let contract = try Self.contract(request)
        let (pins, look) = (contract?.embed.pins, contract?.embed.look)
        let parser = FeatureQueryParser(parameters: request.parameters)
        self.contract = contract
        list = try look?.list ?? parser.value(.list, read: EmbedLook.ListOption.init(rawValue:)) ?? .both
        let palette = look.flatMap { EmbedPalette($0.colours) }
        self.palette = palette
        let styles = StyleRoutes.names(request.site)
        let pinned = look?.style ?? palette.map { $0.isDark ? "lieudit-nuit" : "lieudit" }
        style = try pinned ?? parser.value(.embedStyle) { styles.contains($0) ? $0 : nil }
        takesContributions = contract?.embed.takesContributions ?? (request.parameters["contribute"] == "yes")
        let language = look?.language ?? Self.language(request)
        let asked = Self.narrowing(request.parameters, pins)
        self.request = Self.speaking(language, request, asked)
        box = try pins?.region?.bounds ?? FeatureQueryParser(parameters: asked).query().box
        kept = request.parameters.dropping { name, value in !Self.options.contains(name) || value.isEmpty }
    }

    /// The open embed that the address names.
    /// - Throws: what becomes a 404.
    static func contract(_ request: RouteRequest) throws -> PublishedEmbed? {
        guard request.parameters[Parameter.embed.name] != nil else { return nil }
        guard let key = try request.layer().embed, let embed = request.site.layers.embed(key) else {
            throw CurationError.unknownEmbed
        }
        return embed
    }

    /// The same request in the language that its contract pins.
    static func inPinnedLanguage(_ request: RouteRequest, _ contract: PublishedEmbed?) -> RouteRequest {
        speaking(contract?.embed.look.language, request, request.parameters)
    }

    private static let options: Set<String> = ["list", "style", "contribute", "lang", "interface"]

    /// What is asked of the items. What the contract pins is not looked at, so that nothing can be wrong with it.
    private static func narrowing(_ parameters: QueryParameters, _ pins: EmbedPins?) -> QueryParameters {
        var names: Set<String> = ["embed", "bbox", "kind", "theme", "cursor", "limit"]
        if pins?.region != nil { names.remove("bbox") }
        if pins?.kinds.isEmpty == false { names.remove("kind") }
        if pins?.themes.isEmpty == false { names.remove("theme") }
        return parameters.dropping { name, value in !names.contains(name) || value.isEmpty }
    }

    /// `lang` as HTML writes it, `fr-FR` too; what is no language of ours leaves the choice to the reader's browser.
    private static func language(_ request: RouteRequest) -> PageLanguage? {
        let name = request.parameters["lang"] ?? request.parameters[Parameter.interface.name] ?? ""
        return PageLanguage(rawValue: String(name.lowercased().prefix { $0 != "-" }))
    }

    private static func speaking(
        _ language: PageLanguage?, _ request: RouteRequest, _ parameters: QueryParameters
    ) -> RouteRequest {
        var asked = request
        asked.parameters = parameters
        guard let language else { return asked }
        asked.parameters = parameters.dropping { name, _ in name == Parameter.interface.name }
            .adding(Parameter.interface.name, language.rawValue)
        return asked
    }
}

extension PagePolicy {
    /// For a page that shows what a contract says: whoever the contract names may frame it.
    init(_ contract: PublishedEmbed?) {
        self.init(framedBy: contract.map { .partner($0.origins) } ?? .ourselves)
    }
}

extension Parameter {
    static let list = Parameter(
        name: "list", expected: "only, both or none", schema: .oneOf(EmbedLook.ListOption.allCases.map(\.rawValue)))
    static let embedStyle = Parameter(name: "style", expected: "the id of a style, as /styles lists them")
    static let embedLanguage = Parameter(name: "lang", expected: "fr or en")
    static let contribute = Parameter(name: "contribute", expected: "yes", schema: .oneOf(["yes"]))
}
