import Contributions
import MapGeometry
import Synchronization

/// Looks at what comes by and notes where a true place stands that shows as a cell or not at all.
final class CanaryWatch: Sendable {
    private let noted = Mutex(CanaryProof.Outcome())
    private let numbers: MarkSearch
    private let pairs: MarkSearch

    init(_ story: Story) {
        let hidden = story.gifts.filter { $0.precision != .exact }
        let places = hidden.flatMap { $0.fate == .moved ? [$0.pin, $0.laterPin] : [$0.pin] }
        let shown = story.shownNumbers
        // A true place may have a number in common with what is shown, by chance; not both.
        let own = places.flatMap { [$0.longitude, $0.latitude] }.filter { !shown.contains($0) }
        numbers = MarkSearch(own.flatMap(\.marks))
        pairs = MarkSearch(places.flatMap(\.pairMarks))
        noted.withLock { $0.forms = own.count * 3 + places.count * 6 }
    }

    var outcome: CanaryProof.Outcome { noted.withLock { $0 } }

    /// Averages have any number: where clusters stand, only both numbers of a place are looked for.
    func look(_ name: String, _ bytes: [UInt8]) {
        let hasAverages = name.contains("/xyz/") || name.contains("/tiles")
        let isHit = pairs.findsAny(in: bytes) || !hasAverages && numbers.findsAny(in: bytes)
        noted.withLock { outcome in
            outcome.bytes += bytes.count
            if isHit { outcome.hits.append(name) }
        }
    }
}

extension Story {
    /// The numbers of all positions that may be shown.
    fileprivate var shownNumbers: Set<Double> {
        let shapes = gifts.flatMap { gift in
            [gift.precision, .about, .wide].filter { $0 != .exact || gift.precision == .exact }.flatMap { level in
                [gift.pin, gift.laterPin].compactMap { PublishedPlace(of: $0, at: level).geometry }
            }
        }
        return Set(shapes.flatMap(\.positions).flatMap { [$0.longitude, $0.latitude] })
    }
}

extension Geometry {
    fileprivate var positions: [Coordinate] {
        switch self {
        case .point(let place): [place]
        case .polygon(let polygon): polygon.exterior.coordinates
        default: []
        }
    }
}

extension Double {
    /// The forms in which a number may be kept: its digits, where there are all seven decimals to tell it from longer
    /// ones, and its eight bytes in either order.
    fileprivate var marks: [[UInt8]] {
        let digits = Array("\(self)".utf8)
        let hasAllDecimals = digits.drop { $0 != UInt8(ascii: ".") }.count == 8
        return hasAllDecimals ? [digits, bytes(bitPattern.littleEndian), bytes(bitPattern.bigEndian)] : []
    }

    fileprivate func bytes(_ bits: UInt64) -> [UInt8] { withUnsafeBytes(of: bits) { Array($0) } }
}

extension Coordinate {
    var marks: [[UInt8]] { longitude.marks + latitude.marks }

    /// Both numbers side by side, in either order, as texts and as doubles.
    fileprivate var pairMarks: [[UInt8]] {
        [(longitude, latitude), (latitude, longitude)].flatMap { first, second in
            [Array("\(first),\(second)".utf8), Array("\(first) \(second)".utf8)]
                + [first.bytes(first.bitPattern.littleEndian) + second.bytes(second.bitPattern.littleEndian)]
        }
    }
}
