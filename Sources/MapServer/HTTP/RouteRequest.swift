import Contributions
import Curation
import HTTPTypes

/// A request that has found its route: everything decoded, every parameter known.
struct RouteRequest: Sendable {
    let site: Site
    let captures: PathCaptures
    var parameters: QueryParameters
    var headers: HTTPFields
    /// The path as it was asked for, without the query.
    let path: String
    /// The address at which this service is known to whoever asks, without a slash at the end.
    let publicURL: String
    /// Whether it was asked for under a former address of this service.
    let isAtFormerAddress: Bool
    /// The layer that the path names; nil when it names none, or one that there is not.
    let namedLayer: PublishedLayer?
    /// That of the route: GET for HEAD too.
    var method = HTTPRequest.Method.get
    /// Whether whoever asks takes gzip.
    var takesGzip = false
    /// What came with it, not read yet.
    var body = IncomingBody.none
    /// Who asks, as far as limits need to know.
    var client = ClientKey.unknown

    /// - Parameter authority: the host and port that the client has asked for.
    init(
        site: Site, captures: PathCaptures, parameters: QueryParameters, headers: HTTPFields, authority: String?,
        path: String
    ) {
        self.site = site
        self.captures = captures
        self.parameters = parameters
        self.headers = headers
        self.path = path
        publicURL = site.publicURL(host: authority)
        isAtFormerAddress = site.formerURL(host: authority) != nil
        namedLayer = captures["layer"].flatMap { try? LayerIdentifier($0) }.flatMap { site.layers[$0] }
    }

    /// Seconds since 1970 UTC.
    var now: Int64 { site.now }

    /// The absolute address of this very request.
    var address: String { parameters.values.isEmpty ? publicURL + path : "\(publicURL)\(path)?\(parameters.text)" }

    /// The path for links of our own pages: two slashes at its beginning would name a host.
    var localPath: String { "/" + path.drop { $0 == "/" } }

    /// - Throws: `WebError.noSuchPage` for a capture that the route does not have.
    func capture(_ name: String) throws -> String {
        guard let value = captures[name] else { throw WebError.noSuchPage }
        return value
    }

    /// The layer that the path names.
    ///
    /// With `embed`, what that embed shows of it and nothing else.
    /// - Throws: what becomes a 404 for a name that no layer has or a key that no open embed of it has;
    ///   `CurationError.notOpenYet` before it opens.
    func layer() throws -> PublishedLayer {
        let layer = try namedLayer ?? site.layer(LayerIdentifier(capture("layer")))
        if layer.layer.opens != nil, case .unopened(let opens) = layer.layer.phase(at: now, in: site.localTime) {
            throw CurationError.notOpenYet(opens: opens, day: site.localTime.day(of: opens))
        }
        guard let key = parameters[Parameter.embed.name] else { return layer }
        guard let key = PublicIdentifier(key), let embed = site.layers.embed(key),
            embed.shown.identifier == layer.identifier
        else {
            throw CurationError.unknownEmbed
        }
        return embed.shown
    }

    /// What stands behind `Bearer` in `Authorization`; nil when nothing does.
    var bearer: String? {
        guard let value = headers[.authorization] else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }

    /// The same request for what programs read, whoever asks.
    func forPrograms() -> RouteRequest {
        var request = self
        request.parameters = parameters.dropping { name, _ in name == "f" || name == Parameter.interface.name }
        request.headers[.accept] = nil
        return request
    }
}
