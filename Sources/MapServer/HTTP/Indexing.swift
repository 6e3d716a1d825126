import Contributions
import Curation

/// Whether search engines may keep what a reply shows: only what its layer says they may.
enum Indexing {
    static func applied(to reply: Reply, _ request: RouteRequest, _ route: Route) -> Reply {
        guard !mayBeKept(request, route) else { return reply }
        var reply = reply
        reply.isIndexable = false
        return reply
    }

    private static func mayBeKept(_ request: RouteRequest, _ route: Route) -> Bool {
        guard route.isPublicReading else { return false }
        if let layer = request.namedLayer { return layer.layer.isIndexable }
        if request.captures["layer"] != nil { return false }
        // Tiles of several layers show what the least open of them shows.
        return !route.showsAllLayers || request.site.layers.all.allSatisfy(\.layer.isIndexable)
    }
}
