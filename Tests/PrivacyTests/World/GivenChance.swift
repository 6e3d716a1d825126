import Foundation
import Synchronization
import TestSupport

/// What time it is in a world, set by whoever tells its story.
final class GivenClock: Sendable {
    private let moment: Mutex<Int64>

    init(_ moment: Int64) {
        self.moment = Mutex(moment)
    }

    /// Seconds since 1970 UTC.
    var now: Int64 {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }

    var date: Date { Date(timeIntervalSince1970: Double(now)) }
}

/// The random numbers of a world: each act has a seed of its own, so that an act that is left out shifts no other.
final class GivenChance: Sendable {
    private let seed = Mutex<UInt64>(0)

    func begin(_ act: UInt64) { seed.withLock { $0 = act } }

    /// The numbers of the act that has begun; other ones each time that it asks again.
    func generator() -> any RandomNumberGenerator {
        seed.withLock { seed in
            defer { seed &+= 0x1_0000_0000 }
            return SeededGenerator(seed: seed)
        }
    }
}

extension SeededGenerator {
    /// From 0 to below 1.
    mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }

    mutating func number(_ count: Int) -> Int { Int(next() % UInt64(count)) }
}
