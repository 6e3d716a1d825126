import MapGeometry
import SpatialIndex
import TestSupport

/// Features of all sorts: crowds in towns, several at one place, shapes from millimetres to continents,
/// places at the poles and on ±180, and features that stand nowhere.
struct RandomFeatures {
    var generator: SeededGenerator
    /// Whether there are no lines and no polygons.
    private let onlyPoints: Bool

    init(seed: UInt64, onlyPoints: Bool = false) {
        generator = SeededGenerator(seed: seed)
        self.onlyPoints = onlyPoints
    }

    mutating func identifier() -> UInt128 {
        // Few leading bits, so that the order by identifier meets ties.
        UInt128(number(4)) << 64 | UInt128(generator.next())
    }

    mutating func feature(_ identifier: UInt128? = nil) -> IndexedFeature {
        let identifier = identifier ?? self.identifier()
        let start = Int64(number(1_000))
        let times: [ClosedRange<Int64>?] = [nil, start...(start + 50), .min...start, start...Int64.max]
        let text = Array("{\"id\":\"\(identifier)\",\"properties\":{}}".utf8)
        let geometry = geometry()
        let isArea = if case .polygon? = geometry { true } else { false }
        return IndexedFeature(
            identifier: identifier, geometry: geometry,
            cellSide: isArea && number(2) == 0 ? [.metres200, .metres32000][number(2)] : nil, kind: UInt8(number(5)),
            themes: (0..<number(4)).map { _ in UInt32(number(6)) }, time: times[number(4)],
            text: text, propertiesOffset: text.count - 3
        )
    }

    mutating func features(_ count: Int) -> [IndexedFeature] { (0..<count).map { _ in feature() } }

    mutating func place() -> Coordinate {
        switch number(10) {
        case 0: at(180, real(-90...90))
        case 1: at(-180, real(-90...90))
        case 2: at(real(-180...180), [90, -90, 85.06, -85.06, 85.05, -85.0511287798066][number(6)])
        case 3: at(real(-180...180), real(-90...90))
        case 4: at(2.3 + Double(number(3)) * 1e-5, 48.8)
        case 5: at(Double(number(9) - 4) * 45, 0)
        case 6: at(real(179.9...180), real(-17...(-16)))
        default: at(real(2.2...2.5), real(48.7...48.9))
        }
    }

    mutating func box() -> BoundingBox {
        let (a, b) = (place(), place())
        return BoundingBox(
            uncheckedWest: a.longitude, south: min(a.latitude, b.latitude),
            east: b.longitude, north: max(a.latitude, b.latitude)
        )
    }

    mutating func filter(knowing identifiers: [UInt128]) -> FeatureFilter {
        var filter = FeatureFilter.all
        if number(3) == 0 { filter.kinds = Set((0..<2).map { _ in UInt8(number(5)) }) }
        if number(3) == 0 { filter.anyOfThemes = (0..<2).map { _ in UInt32(number(6)) } }
        if number(3) == 0 { filter.time = Int64(number(500))...Int64(500 + number(500)) }
        if number(4) == 0 { filter.identifiers = Set(identifiers.filter { _ in number(3) == 0 }) }
        return filter
    }

    mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
    mutating func real(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &generator) }

    private mutating func geometry() -> Geometry? {
        switch onlyPoints ? [0, 12][min(number(12), 1)] : number(12) {
        case 0: nil
        case 1: .multiPoint([])
        case 2: .multiPoint([place(), place()])
        case 3: .multiPoint([place()])
        case 4: .lineString(line())
        case 5: .polygon(polygon())
        default: .point(place())
        }
    }

    private mutating func line() -> LineString {
        let start = place()
        let size = size()
        let end = at(start.longitude + real(-size...size), start.latitude + real(-size...size))
        return (try? LineString([start, end])) ?? line()
    }

    private mutating func polygon() -> Polygon {
        let corner = place()
        let size = size()
        let (width, height) = (real(0...size), real(0...size))
        let corners = [
            corner, at(corner.longitude + width, corner.latitude),
            at(corner.longitude + width / 3, corner.latitude + height), corner,
        ]
        return (try? LinearRing(corners)).map { Polygon(exterior: $0) } ?? polygon()
    }

    private mutating func size() -> Double { [60, 1, 0.01, 1e-5][number(4)] }
}

func at(_ longitude: Double, _ latitude: Double) -> Coordinate {
    Coordinate(clampingLongitude: longitude, latitude: latitude)
}
