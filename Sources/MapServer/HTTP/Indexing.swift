import Contributions
import Curation
import HTTPTypes

/// Whether search engines may keep what a reply shows: only what its layer says they may.
enum Indexing {
    static func applied(to reply: Reply, _ captures: [String: String], _ route: Route, _ site: Site) -> Reply {
        guard !mayBeKept(captures, route, site) else { return reply }
        var reply = reply
        reply.headers[robots] = "noindex"
        return reply
    }

    private static func mayBeKept(_ captures: [String: String], _ route: Route, _ site: Site) -> Bool {
        guard route.isPublicReading else { return false }
        if let name = captures["layer"] {
            guard let identifier = try? LayerIdentifier(name), let layer = site.layers[identifier] else { return false }
            return layer.layer.isIndexable
        }
        // Tiles of several layers show what the least open of them shows.
        return !route.template.hasPrefix("/tiles/") || site.layers.all.allSatisfy(\.layer.isIndexable)
    }

    private static let robots = HTTPField.Name("X-Robots-Tag")!  // a token
}
