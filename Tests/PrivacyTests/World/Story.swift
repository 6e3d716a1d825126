import Contributions
import MapGeometry
import Projections
import TestSupport

/// Everything that happens in a world, told from a seed.
struct Story: Sendable {
    var gifts: [Gift]

    /// - Parameters:
    ///   - count: contributions; each fate comes in turn.
    ///   - spread: degrees of latitude over which they lie, around a street in Paris.
    init(seed: UInt64, count: Int, spread: Double = 0.012) {
        var random = SeededGenerator(seed: seed)
        gifts = (0..<count).map { Gift($0, &random, spread: spread) }
    }

    /// The same, but every true place that shows as a cell is another one in the same cell.
    func moved(seed: UInt64) -> Story {
        var story = self
        var random = SeededGenerator(seed: seed)
        for number in gifts.indices {
            story.gifts[number].pin = gifts[number].precision.elsewhere(gifts[number].pin, &random)
            story.gifts[number].laterPin = gifts[number].precision.elsewhere(gifts[number].laterPin, &random)
        }
        return story
    }

    /// The same without some of it.
    func lacking(_ isLacking: (Gift) -> Bool) -> Story {
        var story = self
        story.gifts.removeAll(where: isLacking)
        return story
    }
}

extension Gift {
    private static let words = ["bal", "lavoir", "école", "marché", "fontaine", "cinéma", "usine", "jardin"]

    fileprivate init(_ number: Int, _ random: inout SeededGenerator, spread: Double) {
        let fates = Fate.allCases
        fate = fates[number % fates.count]
        self.number = number
        layer = fate.layer ?? ["memoires", "quartier", "fabrique"][random.number(3)]
        // Something exact is public in the shortest story.
        let levels: [Precision] = [.exact, .about, .about, .wide, .none, .about]
        // So that each fate meets each level, however many fates there are.
        let level = levels[(number / fates.count * 5 + number % fates.count) % levels.count]
        // What is coarsened or moved needs a cell to begin with.
        switch fate {
        case .coarsened, .moved: precision = .about
        case .awaitingParent: precision = .wide
        default: precision = level
        }
        pin = Self.place(&random, spread)
        // Some kilometres away, where no rule for small corrections keeps the cell.
        let far = Coordinate(clampingLongitude: pin.longitude, latitude: pin.latitude + spread + 0.02)
        laterPin = far.rounded(decimals: 7)
        title = "Le \(Self.words[random.number(Self.words.count)]) \(number)"
        text =
            "Près du \(Self.words[random.number(Self.words.count)])"
            + (fate == .flagged ? ", demandez au 06 12 34 56 78" : "")
        theme = Self.words[random.number(4)]
        when = String(1_950 + random.number(60))
        language = random.number(3) == 0 ? "en" : "fr"
        let signature = random.number(4) == 0 ? "Camille \(random.number(3))" : nil
        author = fate == .awaitingParent ? nil : signature
        kind = random.number(4) == 0 ? .place : .memory
    }

    private static func place(_ random: inout SeededGenerator, _ spread: Double) -> Coordinate {
        Coordinate(
            clampingLongitude: 2.3795 + (random.unit() - 0.5) * spread * 1.5,
            latitude: 48.868 + (random.unit() - 0.5) * spread
        ).rounded(decimals: 7)
    }
}

extension Precision {
    /// Another place that shows as the same cell; the place itself where a place shows.
    func elsewhere(_ place: Coordinate, _ random: inout SeededGenerator) -> Coordinate {
        switch self {
        case .exact: return place
        case .none: return GridCell(holding: place, side: .metres1000).randomPlace(&random)
        case .about, .wide:
            return GridCell(holding: place, side: finestSide ?? .metres200).randomPlace(&random)
        }
    }
}

extension GridCell {
    /// Anywhere in it, evenly, to seven decimals.
    func randomPlace(_ random: inout SeededGenerator) -> Coordinate {
        guard let box = polygon.boundingBox else { return centre }
        while true {
            let place = Coordinate(
                clampingLongitude: box.west + random.unit() * (box.east - box.west),
                latitude: box.south + random.unit() * (box.north - box.south)
            ).rounded(decimals: 7)
            if GridCell(holding: place, side: side) == self { return place }
        }
    }
}
