extension GridCell {
    /// The code that INSPIRE gives to cells of statistical grids: system, side, south-west corner, in metres; such as
    /// `CRS3035RES200mN2889400E3763600`. What lies south or west of the origin bears a minus: `CRS6933RES200mN-200E400`.
    ///
    /// Source: INSPIRE, D2.8.III.1 Data Specification on Statistical Units, cell codes; the minus is ours.
    package var name: String { "CRS\(grid.rawValue)RES\(side.metres)mN\(northing)E\(easting)" }

    /// Reads a name as `name` writes it, to the letter: no leading zero, no plus, no other side, no impossible corner.
    /// - Throws: `GeometryError.noSuchCell`.
    package init(name: some StringProtocol) throws(GeometryError) {
        var rest = Substring(name)
        guard rest.take("CRS"), let grid = rest.takeInteger().flatMap(CellGrid.init),
            rest.take("RES"), let side = rest.takeInteger().flatMap(Side.init), rest.take("m"),
            rest.take("N"), let northing = rest.takeInteger(),
            rest.take("E"), let easting = rest.takeInteger(), rest.isEmpty,
            let cell = try? GridCell(grid: grid, side: side, northing: northing, easting: easting)
        else { throw .noSuchCell(String(name)) }
        self = cell
    }
}

extension GridCell: CustomStringConvertible {
    package var description: String { name }
}

extension Substring {
    /// Passes over exactly these letters; false when others stand there.
    fileprivate mutating func take(_ letters: String) -> Bool {
        guard utf8.starts(with: letters.utf8) else { return false }
        self = Substring(utf8.dropFirst(letters.utf8.count))
        return true
    }

    /// Passes over a number of at most eight digits that is written as Swift would write it.
    fileprivate mutating func takeInteger() -> Int? {
        let digits = utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-") }
        guard digits.count <= 9, let text = String(digits), let number = Int(text), String(number) == text else {
            return nil
        }
        self = Substring(utf8.dropFirst(digits.count))
        return number
    }
}
