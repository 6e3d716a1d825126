import HTTPTypes

extension Operation {
    /// The media types of its answers, and plain JSON for what is JSON under a name of its own: map libraries and
    /// scripts ask for that.
    var offers: [String] {
        var types = answers.map(\.mediaType)
        let ownJSON = types.firstIndex { $0.prefix { $0 != ";" }.hasSuffix("+json") }
        if let ownJSON, !types.contains(MediaType.json) { types.insert(MediaType.json, at: ownJSON + 1) }
        return types
    }
}

extension Route {
    /// Refuses what no answer of this route can be: a wish in `f=`, which wins, or an `Accept` that names nothing
    /// offered here.
    /// - Throws: `WebError.invalidParameter`, `WebError.notAcceptable`.
    func requireOffered(_ request: RouteRequest) throws(WebError) {
        guard !offers.isEmpty else { return }
        if request.parameters[Parameter.interface.name] != nil { _ = try PageLanguage(of: request) }
        if let name = request.parameters["f"] {
            guard let format = parameters.first(where: { $0.name == "f" }), case .oneOf(let names) = format.schema,
                !names.contains(name)
            else { return }
            throw .invalidParameter("f", expected: format.expected)
        }
        guard let accept = request.headers[.accept], accept != "*/*" else { return }
        guard MediaChoice.isAny(of: offers, acceptedBy: accept) else { throw .notAcceptable(offered: offers) }
    }
}
