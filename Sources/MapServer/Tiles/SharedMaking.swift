/// What several ask for at once, and one of them makes for all.
///
/// A value that knows nothing of waiting: whoever holds it says how those who wait are told.
struct SharedMaking<Key: Hashable & Sendable, Waiter: Sendable>: Sendable {
    private var waiters: [Key: [Waiter]] = [:]

    /// Whether the caller is the one who makes it, and owes `finish` then; the waiter is kept otherwise.
    mutating func enter(_ key: Key, _ waiter: Waiter) -> Bool {
        guard waiters[key] == nil else {
            waiters[key]?.append(waiter)
            return false
        }
        waiters[key] = []
        return true
    }

    /// Those who have waited, once it is made or has failed.
    mutating func finish(_ key: Key) -> [Waiter] { waiters.removeValue(forKey: key) ?? [] }

    /// How many things are being made.
    var count: Int { waiters.count }

    /// How many wait for one of them.
    func waiting(_ key: Key) -> Int { waiters[key]?.count ?? 0 }
}
