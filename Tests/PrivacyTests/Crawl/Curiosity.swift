import Contributions
import MapFormats
import MapGeometry
import Projections

/// What somebody knows or guesses who asks a service about everything: taken from the story itself, so that they ask
/// about what is not public, too, and about the true places.
struct Curiosity: Sendable {
    let layers: [String]
    let identifiers: [String]
    private(set) var words: [String]
    let themes: [String]
    let authors: [String]
    let titles: [String]
    /// True places, and some of nobody's.
    private(set) var places: [Coordinate]
    /// Every tile down to zoom 18 that what is given touches, or would if it were public.
    let tiles: [TileAddress]
    /// Down to which zoom a tile is asked for by all its addresses and not by the simple one only.
    let deepest: Int

    /// About less: for what answers by the same questions in another form.
    var sparse: Curiosity {
        var some = self
        some.places = Array(places.prefix(4))
        some.words = Array(words.prefix(4)) + Array(words.suffix(4))
        return some
    }

    /// - Parameter asksAboutPlaces: whether true places stand in what is asked, which answers repeat.
    init(_ story: Story, _ known: [Int: Storyteller.Held], layers: [String], asksAboutPlaces: Bool = true) {
        self.layers = layers
        identifiers =
            known.sorted { $0.key < $1.key }.map(\.value.identifier) + [
                PublicIdentifier(bits: 77).description, "no-such-id",
            ]
        words = story.gifts.thinned.flatMap { [$0.ownWord, $0.secretWord] } + ["bal", "lavoir", "xyzzy"]
        themes = Set(story.gifts.map(\.theme)).sorted() + ["inconnu"]
        authors = Set(story.gifts.compactMap(\.author)).sorted()
        titles = story.gifts.prefix(6).map(\.title)
        places = asksAboutPlaces ? story.gifts.thinned.map(\.pin) + story.gifts.prefix(8).map(\.laterPin) : []
        var tiles: Set<TileAddress> = []
        for gift in story.gifts {
            tiles.formUnion(gift.precision.tiles(around: gift.pin))
            if gift.fate == .moved { tiles.formUnion(gift.precision.tiles(around: gift.laterPin)) }
            if gift.fate == .coarsened { tiles.formUnion(Precision.wide.tiles(around: gift.pin)) }
        }
        self.tiles = tiles.sorted { ($0.zoom, $0.column, $0.row) < ($1.zoom, $1.column, $1.row) }
        deepest = ProofScale.of(small: 14, medium: 16, full: 18)
    }
}

extension [Gift] {
    /// A thousand of them at most, evenly chosen: each gives rise to many questions.
    fileprivate var thinned: [Gift] {
        let step = count / 1_000 + 1
        return stride(from: 0, to: count, by: step).map { self[$0] }
    }
}

extension Precision {
    /// The tiles that what shows of a place touches.
    fileprivate func tiles(around place: Coordinate) -> Set<TileAddress> {
        guard let box = PublishedPlace(of: place, at: self).geometry?.boundingBox else { return [] }
        var tiles: Set<TileAddress> = []
        let (west, north) = WebMercator.project(Coordinate(clampingLongitude: box.west, latitude: box.north))
        let (east, south) = WebMercator.project(Coordinate(clampingLongitude: box.east, latitude: box.south))
        for zoom in 0...18 {
            let side = Double(1 << zoom)
            for column in Int(west * side)...Int(east * side) {
                for row in Int(north * side)...Int(south * side) {
                    if let tile = try? TileAddress(zoom: zoom, column: column, row: row) { tiles.insert(tile) }
                }
            }
        }
        return tiles
    }
}
