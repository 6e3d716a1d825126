import MapGeometry
import TestSupport
import Testing

@Suite("Hilbert's curve")
struct HilbertCurveTests {
    @Test("every cell has one number and every number one cell", arguments: 0...6)
    func bijective(level: Int) {
        let side = UInt32(1) << level
        var seen = Set<UInt64>()
        for x in 0..<side {
            for y in 0..<side {
                let key = HilbertCurve.key(x: x, y: y, level: level)
                #expect(key < UInt64(side) * UInt64(side))
                #expect(HilbertCurve.cell(key: key, level: level) == (x, y))
                seen.insert(key)
            }
        }
        #expect(seen.count == Int(side * side))
    }

    @Test("cells that follow each other share a side", arguments: 1...7)
    func neighboursAreAdjacent(level: Int) {
        var previous = HilbertCurve.cell(key: 0, level: level)
        for key in 1..<(UInt64(1) << (2 * level)) {
            let cell = HilbertCurve.cell(key: key, level: level)
            let steps = abs(Int(cell.x) - Int(previous.x)) + abs(Int(cell.y) - Int(previous.y))
            #expect(steps == 1, "key \(key)")
            previous = cell
        }
    }

    @Test("a cell's number is its children's number without the last two bits", arguments: 0..<2 as Range<UInt64>)
    func quadtree(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let x = UInt32(random.integer(0...(1 << 31 - 1)))
            let y = UInt32(random.integer(0...(1 << 31 - 1)))
            let finest = HilbertCurve.key(x: x, y: y)
            #expect(HilbertCurve.cell(key: finest, level: HilbertCurve.levels) == (x, y), "seed \(seed)")
            for level in 0...HilbertCurve.levels {
                let shift = UInt32(HilbertCurve.levels - level)
                let key = HilbertCurve.key(x: x >> shift, y: y >> shift, level: level)
                #expect(key == finest >> UInt64(2 * shift), "seed \(seed), level \(level)")
                #expect(HilbertCurve.finestKeys(in: key, level: level).contains(finest), "seed \(seed), level \(level)")
            }
        }
    }

    @Test("the runs of a level's cells follow one another without a gap", arguments: 0...5)
    func runs(level: Int) {
        var next: UInt64 = 0
        for key in 0..<(UInt64(1) << (2 * level)) {
            let run = HilbertCurve.finestKeys(in: key, level: level)
            #expect(run.lowerBound == next)
            next = run.upperBound + 1
        }
        #expect(next == 1 << 62)
    }

    @Test("the finest cell's run is itself")
    func finestRun() {
        let last = (UInt64(1) << 62) - 1
        #expect(HilbertCurve.finestKeys(in: last, level: 31) == last...last)
        #expect(HilbertCurve.finestKeys(in: 0, level: 0) == 0...last)
    }
}
