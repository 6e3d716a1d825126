import Foundation
import MapGeometry
import TestSupport
import Testing

@testable import Projections

@Suite("Our own arithmetic of the cells' planes, against PROJ")
struct EqualAreaAgainstPROJTests {
    @Test("positions are PROJ's to 20 nm", arguments: [(CellGrid.europe, UInt64(1)), (.world, 2)])
    func forward(grid: CellGrid, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var worst = 0.0
        try grid.throughPROJ { transform in
            for _ in 0..<20_000 {
                let place = generator.place(on: grid)
                guard let theirs = transform.uncheckedPosition(of: [place.longitude, place.latitude]) else {
                    worst = .infinity
                    return
                }
                worst = max(worst, grid.position(of: place).gap(to: grid.position(fromPROJ: theirs)))
            }
        }
        print("\(grid): our positions are \(worst) m from PROJ's at most, seed \(seed)")
        #expect(worst < 2e-8, "seed \(seed)")
    }

    /// PROJ's own way back is a series that errs by 1.4·10⁻⁸ degrees in both systems; its way forth is exact, and
    /// measures ours: 20 nm are 2·10⁻¹³ degrees.
    @Test(
        "places are those that PROJ leads back from to 20 nm", arguments: [(CellGrid.europe, UInt64(3)), (.world, 4)])
    func inverse(grid: CellGrid, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var worst = 0.0
        var furthest = 0.0
        try grid.throughPROJ { transform in
            for _ in 0..<20_000 {
                let position = grid.position(of: generator.place(on: grid, upTo: 89))
                let ours = grid.exactPlace(at: position)
                guard let again = transform.uncheckedPosition(of: ours),
                    let theirs = transform.place(at: grid.pair(position))
                else {
                    worst = .infinity
                    return
                }
                worst = max(worst, grid.position(fromPROJ: again).gap(to: position))
                furthest = max(furthest, abs(ours.x - theirs.x), abs(ours.y - theirs.y))
            }
        }
        print("\(grid): \(worst) m there and back, \(furthest)° from PROJ's way back at most, seed \(seed)")
        #expect(worst < 2e-8 && furthest < 3e-8, "seed \(seed)")
    }

    @Test("sines, cosines and angles are those of the system's library to 4 units in the last place")
    func trigonometry() {
        let seed: UInt64 = 5
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let degrees = Double.random(in: -400...400, using: &generator)
            let (sine, cosine) = RepeatableTrigonometry.sineAndCosine(ofDegrees: degrees)
            let exact = degrees.remainder(dividingBy: 360) * .pi / 180
            #expect(abs(sine - sin(exact)) < 1e-15 && abs(cosine - cos(exact)) < 1e-15, "seed \(seed): \(degrees)")
            let back = RepeatableTrigonometry.degrees(ofSine: sine, cosine: cosine)
            #expect(abs((back - degrees).remainder(dividingBy: 360)) < 1e-13, "seed \(seed): \(degrees)")
        }
        for quarter in -4...4 {
            let (sine, cosine) = RepeatableTrigonometry.sineAndCosine(ofDegrees: Double(quarter) * 90)
            #expect(sine == [0, 1, 0, -1][(quarter + 4) % 4] && cosine == [1, 0, -1, 0][(quarter + 4) % 4])
        }
    }

    @Test("the area of Europe lies in what its grid holds, and touches all four of its bounds")
    func bounds() {
        var (low, high) = (GridPosition(northing: .infinity, easting: .infinity), GridPosition(northing: 0, easting: 0))
        for step in 0...4_900 {
            for place in [
                at(-35, 24 + Double(step) / 100), at(45, 24 + Double(step) / 100), at(-35 + Double(step) / 61.25, 24),
                at(-35 + Double(step) / 61.25, 73),
            ] {
                let position = CellGrid.europe.position(of: place)
                low = GridPosition(
                    northing: min(low.northing, position.northing), easting: min(low.easting, position.easting))
                high = GridPosition(
                    northing: max(high.northing, position.northing), easting: max(high.easting, position.easting))
            }
        }
        #expect(Int(low.northing.rounded(.down)) == 131_900 && Int(low.easting.rounded(.down)) == -124_780)
        #expect(Int(high.northing.rounded(.up)) == 6_013_716 && Int(high.easting.rounded(.up)) == 7_862_637)
    }

    @Test("the world ends at 180° and at the poles, as PROJ has it")
    func corner() throws {
        let corner = EqualAreaCylinder.world.corner
        let theirs = try CellGrid.world.throughPROJ { $0.uncheckedPosition(of: [180, 90]) }
        #expect(
            corner.gap(to: GridPosition(northing: try #require(theirs?.y), easting: try #require(theirs?.x))) < 2e-8)
        #expect(Int(corner.northing) == CellGrid.world.northings.upperBound - 1)
        #expect(Int(corner.easting) == CellGrid.world.eastings.upperBound - 1)
    }
}

extension CellGrid {
    fileprivate func throughPROJ<Result>(_ body: (CoordinateTransform) -> Result) throws -> Result {
        try ReferenceSystems(adding: [6933]).transforming(to: .epsg(rawValue), body)
    }

    /// PROJ gives the axes in the order of the authority: northing first in 3035, easting first in 6933.
    fileprivate func pair(_ position: GridPosition) -> SIMD2<Double> {
        self == .europe ? [position.northing, position.easting] : [position.easting, position.northing]
    }

    fileprivate func position(fromPROJ pair: SIMD2<Double>) -> GridPosition {
        self == .europe
            ? GridPosition(northing: pair.x, easting: pair.y) : GridPosition(northing: pair.y, easting: pair.x)
    }

    /// Longitude and latitude before they are rounded to seven decimals.
    fileprivate func exactPlace(at position: GridPosition) -> SIMD2<Double> {
        let place =
            self == .europe
            ? LambertAzimuthal.europe.place(at: position) : EqualAreaCylinder.world.place(at: position)
        return [place.longitude, place.latitude]
    }
}

extension GridPosition {
    func gap(to other: GridPosition) -> Double { max(abs(northing - other.northing), abs(easting - other.easting)) }
}

extension SeededGenerator {
    /// A place in the area of a grid; of the world's, anywhere.
    mutating func place(on grid: CellGrid, upTo latitude: Double = 90) -> Coordinate {
        switch grid {
        case .europe: at(Double.random(in: -35...45, using: &self), Double.random(in: 24...73, using: &self))
        case .world:
            at(Double.random(in: -180..<180, using: &self), Double.random(in: -latitude...latitude, using: &self))
        }
    }
}
