import Contributions
import Foundation

/// The limits of one running server; a restart forgets who has used how much.
struct Limits: Sendable {
    /// What one address writes.
    let writes: TokenBuckets<ClientKey>
    /// What is written with one invitation: a class behind one address is no flood.
    let invitations: TokenBuckets<Digest>
    /// Codes that opened nothing, of one address; right ones cost nothing.
    let failures: TokenBuckets<ClientKey>
    /// Codes of encounter points that opened nothing, of one address; right ones cost nothing.
    let guesses: TokenBuckets<ClientKey>

    /// Tokens that opened no session, of one address; right ones cost nothing.
    let signIns: TokenBuckets<ClientKey>

    /// - Parameter writesPerMinute: of one client address; 0 sets no limit.
    init(writesPerMinute: Int) {
        writes = TokenBuckets(capacity: writesPerMinute, perHour: writesPerMinute * 60)
        invitations = TokenBuckets(capacity: writesPerMinute * 10, perHour: writesPerMinute * 600)
        failures = TokenBuckets(capacity: 10, perHour: 10)
        guesses = TokenBuckets(capacity: 10, perHour: 10)
        signIns = TokenBuckets(capacity: 10, perHour: 20)
    }
}
