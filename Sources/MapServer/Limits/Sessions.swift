import Contributions
import Foundation
import Synchronization

/// Who has signed in at the desk: known to this process only, by hashes. A session opens what its token opens, which is
/// looked up each time, so that a token which is revoked or over ends its sessions at once.
final class Sessions: Sendable {
    private struct Session {
        let token: PublicIdentifier
        let ends: Date
        var seen: Date

        func isOpen(at time: Date) -> Bool { time < ends && time < seen + Sessions.idle }
    }

    /// A session as it has begun.
    struct Opened {
        let secret: Secret
        let ends: Date
    }

    private let sessions = Mutex<[Digest: Session]>([:])

    /// A working day, and no longer.
    static let longest: TimeInterval = 8 * 3_600
    /// Without anything asked: long enough to read and think, short enough for a computer that others use.
    static let idle: TimeInterval = 3_600
    /// Of one token; the one that was used longest ago goes first.
    private static let most = 20

    func begin(_ token: PublicIdentifier, at time: Date) -> Opened {
        var generator = SystemRandomNumberGenerator()
        let opened = Opened(secret: .random(using: &generator), ends: time + Self.longest)
        sessions.withLock { sessions in
            sessions = sessions.filter { $0.value.isOpen(at: time) }
            let own = sessions.filter { $0.value.token == token }
            if own.count >= Self.most, let oldest = own.min(by: { $0.value.seen < $1.value.seen }) {
                sessions[oldest.key] = nil
            }
            sessions[opened.secret.digest] = Session(token: token, ends: opened.ends, seen: time)
        }
        return opened
    }

    /// Whose session it is and when it ends at the latest; nil when it is over or never was. Asking counts as use.
    func session(_ secret: Secret, at time: Date) -> (token: PublicIdentifier, ends: Date)? {
        sessions.withLock { sessions in
            let key = secret.digest
            guard var session = sessions[key] else { return nil }
            guard session.isOpen(at: time) else {
                sessions[key] = nil
                return nil
            }
            session.seen = max(session.seen, time)
            sessions[key] = session
            return (session.token, session.ends)
        }
    }

    func end(_ secret: Secret) {
        sessions.withLock { $0[secret.digest] = nil }
    }

    /// Ends all that stand for a token.
    func end(of token: PublicIdentifier) {
        sessions.withLock { sessions in sessions = sessions.filter { $0.value.token != token } }
    }
}
