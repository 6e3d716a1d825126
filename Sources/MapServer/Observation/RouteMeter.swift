import HTTPTypes
import Synchronization

/// What happened at one route since the start: how often it was answered with which status, and how fast.
final class RouteMeter: Sendable {
    /// Seconds; each bucket counts what took as long at most.
    static let bounds: [Double] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

    struct Counts {
        var statuses: [(status: Int, count: Int)] = []
        /// The last one counts all that took longer than any bound.
        var buckets = [Int](repeating: 0, count: RouteMeter.bounds.count + 1)
        var seconds = 0.0
    }

    private let counts = Mutex(Counts())

    func note(_ status: Int, seconds: Double) {
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        counts.withLock { counts in
            counts.buckets[bucket] += 1
            counts.seconds += seconds
            if let place = counts.statuses.firstIndex(where: { $0.status == status }) {
                counts.statuses[place].count += 1
            } else {
                counts.statuses.append((status, 1))
            }
        }
    }

    var current: Counts { counts.withLock { $0 } }
}

/// The meters of all routes. Routes are named as the contract writes them, never as they were asked for.
struct RequestMeters: Sendable {
    struct Name: Sendable {
        let method: String
        let template: String

        init(method: String, template: String) {
            self.method = method
            self.template = template
        }

        init(_ route: Route) { self.init(method: route.method.rawValue, template: route.template) }
    }

    /// By the route itself, whose template need not be read for each request.
    private let meters: [ObjectIdentifier: (name: Name, meter: RouteMeter)]
    /// Of what no route has answered.
    private let elsewhere = RouteMeter()

    init(_ routes: [Route]) {
        meters = Dictionary(routes.map { (ObjectIdentifier($0), (Name($0), RouteMeter())) }) { first, _ in first }
    }

    subscript(route: Route?) -> RouteMeter { route.flatMap { meters[ObjectIdentifier($0)]?.meter } ?? elsewhere }

    /// Those that have been asked, in the order of their names.
    var used: [(name: Name, counts: RouteMeter.Counts)] {
        let none = Name(method: "any", template: "none")
        return (meters.values.map { ($0.name, $0.meter.current) } + [(none, elsewhere.current)])
            .filter { !$0.1.statuses.isEmpty }
            .sorted { ($0.0.template, $0.0.method) < ($1.0.template, $1.0.method) }
    }
}
