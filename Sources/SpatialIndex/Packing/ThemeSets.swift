/// The distinct sets of themes that features have, each kept once and named by a number.
struct ThemeSets: Sendable {
    private var starts: [Int] = [0, 0]
    private var members: [UInt32] = []
    private var numbers: [[UInt32]: UInt32] = [[]: 0]

    /// How many sets there are, the empty one included.
    var count: Int { starts.count - 1 }

    /// The number of a set of themes, given in any order. No themes at all is set 0.
    mutating func number(of themes: [UInt32]) -> UInt32 {
        if themes.isEmpty { return 0 }
        if let known = numbers[themes] { return known }
        let sorted = Set(themes).sorted()
        if let known = numbers[sorted] { return known }
        let number = UInt32(starts.count - 1)
        members += sorted
        starts.append(members.count)
        numbers[sorted] = number
        return number
    }

    func numbers(ofSet set: UInt32) -> [UInt32] {
        Array(members[starts[Int(set)]..<starts[Int(set) + 1]])
    }

    func set(_ set: UInt32, hasAnyOf wanted: [UInt32]) -> Bool {
        for place in starts[Int(set)]..<starts[Int(set) + 1] where wanted.contains(members[place]) { return true }
        return false
    }
}
