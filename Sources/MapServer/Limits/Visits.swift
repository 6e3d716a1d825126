import Contributions
import Foundation
import Synchronization

/// The tokens that paper codes were exchanged for: good for one visit, known to this process only.
final class Visits: Sendable {
    private struct Visit {
        let handle: PublicIdentifier
        let ends: Date
    }

    private let visits = Mutex<[Digest: Visit]>([:])

    /// Long enough to change a text, short enough for a shared tablet.
    private static let length: TimeInterval = 3_600

    func begin(_ handle: PublicIdentifier, at time: Date) -> Secret {
        var generator = SystemRandomNumberGenerator()
        let token = Secret.random(using: &generator)
        visits.withLock { visits in
            visits = visits.filter { $0.value.ends > time }
            visits[token.digest] = Visit(handle: handle, ends: time + Self.length)
        }
        return token
    }

    /// Ends every visit that began with a code which opens nothing any more.
    func end(_ handle: PublicIdentifier) {
        visits.withLock { visits in visits = visits.filter { $0.value.handle != handle } }
    }

    /// Whose visit a token stands for; nil when it is over or never was.
    func handle(of token: Secret, at time: Date) -> PublicIdentifier? {
        visits.withLock { $0[token.digest] }.flatMap { $0.ends > time ? $0.handle : nil }
    }
}
