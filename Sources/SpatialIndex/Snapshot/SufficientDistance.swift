/// How far a search for neighbours need look: so many features surely lie no farther away.
///
/// The nearest of them seen so far wait in a heap whose greatest is on top.
struct SufficientDistance {
    /// In metres; infinite until enough have been seen.
    private(set) var metres = Double.infinity
    private let wanted: Int
    private var nearest: [Double] = []

    /// Beyond that, keeping count would cost more than looking at what lies too far away.
    private static let mostWanted = 512

    /// - Parameter wanted: how many features are enough; for very many nothing is ever too far away.
    init(for wanted: Int) {
        self.wanted = (1...Self.mostWanted).contains(wanted) ? wanted : 0
        nearest.reserveCapacity(self.wanted)
    }

    /// Whether it can ever be less than infinite.
    var isWatched: Bool { wanted > 0 }

    /// Takes in another feature, which lies no farther away than so many metres.
    mutating func note(atMost distance: Double) {
        guard wanted > 0, distance < metres else { return }
        if nearest.count < wanted {
            rise(distance)
            if nearest.count < wanted { return }
        } else {
            sink(distance)
        }
        metres = nearest[0]
    }

    private mutating func rise(_ distance: Double) {
        var place = nearest.count
        nearest.append(distance)
        while place > 0, nearest[(place - 1) / 2] < distance {
            nearest[place] = nearest[(place - 1) / 2]
            place = (place - 1) / 2
        }
        nearest[place] = distance
    }

    /// In place of the greatest.
    private mutating func sink(_ distance: Double) {
        var place = 0
        while true {
            var child = 2 * place + 1
            if child >= nearest.count { break }
            if child + 1 < nearest.count, nearest[child + 1] > nearest[child] { child += 1 }
            guard nearest[child] > distance else { break }
            nearest[place] = nearest[child]
            place = child
        }
        nearest[place] = distance
    }
}
