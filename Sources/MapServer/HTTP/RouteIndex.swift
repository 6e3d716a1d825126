import HTTPTypes

/// Finds the route of an address: only those are compared that have as many segments and the same first one.
struct RouteIndex: Sendable {
    private struct Key: Hashable {
        /// Empty for the landing page.
        let first: String
        let count: Int
    }

    private let routes: [Key: [Route]]

    /// Every template begins with a word, no capture; of several that match an address the first answers.
    init(_ routes: [Route]) {
        self.routes = Dictionary(grouping: routes) { Key(first: $0.firstWord, count: $0.segmentCount) }
    }

    func route(for path: [String], _ method: HTTPRequest.Method) -> (Route, PathCaptures)? {
        guard let route = routes(of: path).first(where: { $0.method == method && $0.matches(path) }) else { return nil }
        return (route, route.captures(path))
    }

    /// Of all routes at an address.
    func methods(of path: [String]) -> [HTTPRequest.Method] {
        routes(of: path).filter { $0.matches(path) }.map(\.method)
    }

    private func routes(of path: [String]) -> [Route] {
        routes[Key(first: path.first ?? "", count: path.count)] ?? []
    }
}
