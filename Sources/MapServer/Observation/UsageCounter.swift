import SpatialDatabase
import Synchronization

/// Looks at pages since they were last written down: counts, and nothing of who has looked.
final class UsageCounter: Sendable {
    private let counts = Mutex<[UsedPage: Int]>([:])

    func count(_ page: UsedPage) { counts.withLock { $0[page, default: 0] += 1 } }

    /// Looks that are not written down yet.
    var waiting: Int { counts.withLock { $0.values.reduce(0, +) } }

    func take() -> [UsedPage: Int] {
        counts.withLock { counts in
            defer { counts = [:] }
            return counts
        }
    }

    func putBack(_ taken: [UsedPage: Int]) {
        counts.withLock { $0.merge(taken, uniquingKeysWith: +) }
    }
}
