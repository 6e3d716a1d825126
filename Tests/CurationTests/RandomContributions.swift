import Contributions
import Curation
import MapGeometry
import Projections
import SpatialDatabase
import TestSupport

/// Contributions of all sorts, and questions about them: crowds in towns, places at the poles and on ±180,
/// shapes from metres to continents, some that stand nowhere.
struct RandomContributions {
    private var generator: SeededGenerator
    private let mixesTypes: Bool
    private let hasCells: Bool

    static let themes = ["travail", "fête", "mémoire", "cour", "métro"]
    private static let words = ["Rue", "métal", "Œuvre", "atelier", "été", "cour", "BAL", "12"]
    private static let dates = ["1987", "1987-06", "198X", "1980/1989", "1990/..", "../1975", "1987-06-21T18:30:00Z"]

    private static let languages = ["fr", "en", "zh-Hant", "FR"]
    /// The first two are one text to people; the third would pass for two members were quotes not escaped.
    private static let authors = [
        "Éloïse, 8 ans", "E\u{301}loi\u{308}se, 8 ans", #"x","lang":"fr"#, #"\"#, "Zoé", "zoé", "Zoe",
    ]

    /// - Parameters:
    ///   - mixesTypes: whether there are collections of points, lines and polygons too.
    ///   - hasCells: whether some show as cells.
    init(seed: UInt64, mixesTypes: Bool = true, hasCells: Bool = false) {
        generator = SeededGenerator(seed: seed)
        self.mixesTypes = mixesTypes
        self.hasCells = hasCells
    }

    mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
    mutating func real(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &generator) }
    private mutating func one<Value>(_ values: [Value]) -> Value { values[number(values.count)] }

    /// Few leading bits, so that the order by id meets ties of everything else.
    mutating func identifier() -> PublicIdentifier {
        PublicIdentifier(bits: UInt128(number(4)) << 126 | UInt128(generator.next()))
    }

    mutating func publications(_ count: Int) throws -> [Publication] {
        try (0..<count).map { _ in
            try PublishedFeature.publication(of: try contribution(), identifier: identifier())
        }
    }

    mutating func contribution() throws -> Contribution {
        let when = number(3) == 0 ? nil : try ExtendedDate(one(Self.dates))
        let themes = Set((0..<number(4)).map { _ in one(Self.themes) }).sorted()
        let cell = hasCells && number(3) == 0 ? cell() : nil
        return try Contribution(
            kind: one(Kind.allCases), title: phrase(), text: phrase(), themes: themes, when: when,
            language: one([nil] + Self.languages), author: one([nil] + Self.authors),
            licence: one([nil, "CC-BY-4.0", "CC0-1.0"]), precision: cell.map(precision) ?? .exact,
            geometry: try cell?.polygon ?? geometry(), cell: cell, properties: try properties())
    }

    private mutating func cell() -> GridCell {
        GridCell(holding: place(), side: one([.metres200, .metres200, .metres1000, .metres32000]))
    }

    private func precision(_ cell: GridCell) -> Precision { cell.side == .metres200 ? .about : .wide }

    /// Free properties that look like ours from some distance.
    private mutating func properties() throws -> FreeProperties {
        let json = one([nil, #"{"lang":"fr","author":"Zoé"}"#, #"[{"lang":"en"}]"#, #""\"lang\":\"fr\"""#])
        guard let json else { return .none }
        return FreeProperties(members: [.init(name: "sub", json: json)], json: #"{"sub":\#(json)}"#)
    }

    private mutating func phrase() -> String {
        (0..<number(5)).map { _ in one(Self.words) }.joined(separator: one([" ", ", ", "’"]))
    }

    mutating func place() -> Coordinate {
        switch number(10) {
        case 0: at(180, real(-90...90))
        case 1: at(-180, real(-90...90))
        case 2: at(real(-180...180), one([90, -90, 85.06, -85.06, 85.0511287]))
        case 3: at(real(-180...180), real(-90...90))
        case 4: at(real(179.9...180), real(-17...(-16)))
        case 5: at(real(-180...(-179.9)), real(-17...(-16)))
        case 6: at(2.3795, 48.8680)
        default: at(real(2.36...2.40), real(48.85...48.88))
        }
    }

    private func at(_ longitude: Double, _ latitude: Double) -> Coordinate {
        Coordinate(clampingLongitude: longitude, latitude: latitude).rounded(decimals: PublishedFeature.decimals)
    }

    mutating func geometry() throws -> Geometry? {
        switch number(12) {
        case 0: nil
        case 1: .lineString(try line())
        case 2: .polygon(try polygon(hole: false))
        case 3: .polygon(try polygon(hole: true))
        case 4: .multiPoint([place(), place()])
        case 5: try parts()
        default: .point(place())
        }
    }

    private mutating func parts() throws -> Geometry {
        switch number(mixesTypes ? 3 : 2) {
        case 0: .multiLineString([try line(), try line()])
        case 1: .multiPolygon([try polygon(hole: false)])
        default: .geometryCollection([.point(place()), .lineString(try line()), .polygon(try polygon(hole: false))])
        }
    }

    private mutating func line() throws -> LineString {
        let start = place()
        let side = side()
        let bends = (1...(1 + number(3))).map { bend in
            at(start.longitude + Double(bend) * side, start.latitude + real(-side...side))
        }
        return try LineString([start] + bends)
    }

    /// A simple one with some area, wholly on the map: a triangle, or a box with a hole in it.
    private mutating func polygon(hole: Bool) throws -> Polygon {
        let (place, side) = (place(), side())
        let west = min(place.longitude, 180 - side)
        let south = min(max(place.latitude, -90), 90 - side)
        func corner(_ x: Double, _ y: Double) -> Coordinate { at(west + x * side, south + y * side) }
        guard hole else {
            let third = real(0.1...0.9)
            return Polygon(exterior: try LinearRing([corner(0, 0), corner(1, 0), corner(third, 1), corner(0, 0)]))
        }
        func ring(_ low: Double, _ high: Double) throws -> LinearRing {
            try LinearRing([
                corner(low, low), corner(high, low), corner(high, high), corner(low, high), corner(low, low),
            ])
        }
        return Polygon(exterior: try ring(0, 1), holes: [try ring(0.25, 0.75)])
    }

    private mutating func side() -> Double { one([30, 1, 0.01, 0.0005]) }

    /// - Parameter known: places of features, so that edges fall exactly on coordinates.
    mutating func query(around known: [Coordinate]) -> FeatureQuery {
        var query = FeatureQuery()
        if number(2) == 0 { query.box = box(around: known) }
        if number(3) == 0 {
            query.near = .init(place: somewhere(known), radius: one([nil, 0, 250, 5_000, 900_000, 1_000_000]))
        }
        if number(4) == 0 { query.kinds = Set((0..<2).map { _ in one(Kind.allCases) }) }
        if number(4) == 0 { query.themes = Set((0..<2).map { _ in one(Self.themes + ["inconnu"]) }) }
        if number(4) == 0 { query.seconds = seconds() }
        if number(5) == 0 { query.words = one(["rue", "OEUVRE", "Métal été", "cour, bal", "introuvable", "12"]) }
        if number(3) == 0 { addText(to: &query) }
        return query
    }

    private mutating func addText(to query: inout FeatureQuery) {
        switch number(6) {
        case 0: query.texts[.lang] = Set((0..<2).map { _ in one(Self.languages) })
        case 1: query.texts[.author] = [one(Self.authors)]
        case 2: query.texts[.when] = Set((0..<2).map { _ in one(Self.dates) })
        case 3: query.texts[.licence] = ["CC-BY-4.0"]
        case 4: query.texts[.precision] = [one(hasCells ? ["exact", "none", "about"] : ["exact", "none"])]
        default: query.texts[.title] = [phrase()]
        }
    }

    mutating func somewhere(_ known: [Coordinate]) -> Coordinate { number(2) == 0 ? place() : one(known) }

    private mutating func seconds() -> ClosedRange<Int64> {
        let start = Int64(real(-500_000_000...900_000_000))
        return one([start...(start + 100_000_000), .min...start, start...Int64.max, 550_000_000...550_000_000])
    }

    /// Any box, one across the antimeridian, one without width or height, one around the world.
    mutating func box(around known: [Coordinate]) -> BoundingBox {
        let (a, b) = (somewhere(known), somewhere(known))
        let (south, north) = (min(a.latitude, b.latitude), max(a.latitude, b.latitude))
        return switch number(6) {
        case 0: BoundingBox(a)
        case 1: BoundingBox(uncheckedWest: a.longitude, south: south, east: a.longitude, north: north)
        case 2: .world
        case 3: BoundingBox(uncheckedWest: 177, south: -20, east: -177, north: -10)
        default: BoundingBox(uncheckedWest: a.longitude, south: south, east: b.longitude, north: north)
        }
    }
}
