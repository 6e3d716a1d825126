import Foundation
import Synchronization

/// So many acts a minute for each of many, in memory only: a bucket that fills steadily and from which each act takes.
final class TokenBuckets<Key: Hashable & Sendable>: Sendable {
    private struct Bucket {
        var tokens: Double
        var time: Date
    }

    private let buckets = Mutex<[Key: Bucket]>([:])
    private let capacity: Double
    private let perSecond: Double

    /// - Parameters:
    ///   - capacity: how many acts may come at once; 0 sets no limit.
    ///   - perHour: how many come back in an hour.
    init(capacity: Int, perHour: Int) {
        self.capacity = Double(capacity)
        perSecond = Double(perHour) / 3_600
    }

    /// Takes one; returns nil, or how many seconds it is until there is one again.
    func take(_ key: Key, at time: Date) -> Int? {
        guard capacity > 0 else { return nil }
        return buckets.withLock { buckets in
            tidy(&buckets, at: time)
            var bucket = filled(buckets[key], at: time)
            defer { buckets[key] = bucket }
            guard bucket.tokens >= 1 else { return wait(bucket) }
            bucket.tokens -= 1
            return nil
        }
    }

    /// How many seconds it is until there is one, without taking it; nil when there is.
    func wait(_ key: Key, at time: Date) -> Int? {
        guard capacity > 0 else { return nil }
        return buckets.withLock { buckets in
            let bucket = filled(buckets[key], at: time)
            return bucket.tokens >= 1 ? nil : wait(bucket)
        }
    }

    private func filled(_ bucket: Bucket?, at time: Date) -> Bucket {
        guard let bucket else { return Bucket(tokens: capacity, time: time) }
        let elapsed = max(0, time.timeIntervalSince(bucket.time))
        return Bucket(tokens: min(capacity, bucket.tokens + elapsed * perSecond), time: time)
    }

    private func wait(_ bucket: Bucket) -> Int { max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up))) }

    /// Forgets who has a full bucket again, once there are many.
    private func tidy(_ buckets: inout [Key: Bucket], at time: Date) {
        guard buckets.count >= Self.many else { return }
        buckets = buckets.filter { filled($0.value, at: time).tokens < capacity }
        if buckets.count >= Self.many { buckets.removeAll() }
    }

    private static var many: Int { 50_000 }
}
