import MapFormats

/// A map style without what this server does not serve, so that one file does for all servers.
struct StyleDocument {
    private var document: JSONObject

    /// Nil for what is no JSON object: a map library says best what is wrong with it.
    init?(_ text: String) {
        guard case .object(let document)? = try? JSONParser.parse(Array(text.utf8)) else { return nil }
        self.document = document
    }

    var bytes: [UInt8] { document.bytes }

    /// Takes out the sources that begin with an address, and all that is drawn from them.
    mutating func dropSources(at address: String) {
        guard case .object(var sources)? = document["sources"] else { return }
        let dropped = sources.members.filter { $0.value["url"]?.text?.hasPrefix(address) == true }.map(\.name)
        guard !dropped.isEmpty else { return }
        for name in dropped { sources[name] = nil }
        document["sources"] = .object(sources)
        dropLayers { layer in layer["source"]?.text.map(dropped.contains) ?? false }
    }

    /// Takes out all text, and where its letters come from.
    mutating func dropText() {
        document["glyphs"] = nil
        dropLayers { $0["layout"]?["text-field"] != nil }
    }

    /// Takes out what says with a shape what text says better.
    mutating func dropWhatTextReplaces() {
        dropLayers { $0["metadata"]?["lieudit:when"] == "no text" }
    }

    private mutating func dropLayers(where isDropped: (JSONValue) -> Bool) {
        guard case .array(let layers)? = document["layers"] else { return }
        document["layers"] = .array(layers.filter { !isDropped($0) })
    }
}
