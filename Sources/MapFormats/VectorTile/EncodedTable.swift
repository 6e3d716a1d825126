import Foundation

/// Messages of a vector tile that stand once and are known by their number, in the order in which they first came.
///
/// Compared byte by byte as they are written, so that nothing is made of a message that is there already.
struct EncodedTable: ~Copyable {
    /// All of them, each as one element of the repeated field.
    private(set) var buffer = ProtocolBuffer(capacity: 4_096)
    private let field: UInt64
    /// Where each stands in the buffer.
    private var places: [Place] = []
    /// Open addressing, at most half full: one more than a number, or 0.
    private var slots: [UInt32] = Array(repeating: 0, count: 512)

    private struct Place {
        let hash: UInt64
        let start: Int
        let length: Int
    }

    init(field: UInt64) {
        self.field = field
    }

    var count: Int { places.count }

    /// Whether the message of that number is this one.
    func holds(_ message: UnsafeRawBufferPointer, at number: UInt32) -> Bool {
        let place = places[Int(number)]
        guard place.length == message.count else { return false }
        guard let wanted = message.baseAddress, let mine = buffer.bytes.baseAddress else { return true }
        return memcmp(mine + place.start, wanted, place.length) == 0
    }

    mutating func number(of message: UnsafeRawBufferPointer) -> UInt32 {
        let hash = MessageHash.of(message)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = slots[slot] - 1
            if places[Int(number)].hash == hash, holds(message, at: number) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        buffer.append(field: field, length: message.count)
        places.append(Place(hash: hash, start: buffer.count, length: message.count))
        buffer.append(message)
        slots[slot] = UInt32(places.count)
        if places.count * 2 > slots.count { grow() }
        return UInt32(places.count - 1)
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 4)
        for (number, place) in places.enumerated() {
            var slot = Int(truncatingIfNeeded: place.hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number) + 1
        }
    }
}

/// A number of some bytes, by folded products, as wyhash (Wang Yi, 2019) has them.
///
/// Seeded for each run of the program: what people write cannot be made to meet in one slot.
private enum MessageHash {
    private static let seed = UInt64.random(in: 0 ... .max)

    static func of(_ message: UnsafeRawBufferPointer) -> UInt64 {
        var hash = seed ^ UInt64(message.count)
        var place = 0
        while place + 8 <= message.count {
            hash = folded(hash ^ message.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        var rest: UInt64 = 0
        while place < message.count {
            rest = rest << 8 | UInt64(message[place])
            place += 1
        }
        return folded(folded(hash ^ rest) ^ seed)
    }

    @inline(__always)
    private static func folded(_ value: UInt64) -> UInt64 {
        // The golden ratio's binary fraction, odd and without a pattern.
        let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
