import Foundation

/// The system's random numbers, fetched by the dozen: asking the system costs more than the numbers.
struct RandomBlocks: RandomNumberGenerator {
    private var block: [UInt64] = []
    private var system = SystemRandomNumberGenerator()

    mutating func next() -> UInt64 {
        if block.isEmpty { fetch() }
        return block.removeLast()
    }

    /// 256 bytes, which is as much as the system gives at once.
    private mutating func fetch() {
        block = Array(repeating: 0, count: 32)
        let isFilled = block.withUnsafeMutableBytes { getentropy($0.baseAddress!, $0.count) == 0 }
        // A system that has no such call has the one that Swift asks.
        if !isFilled { for place in block.indices { block[place] = system.next() } }
    }
}
