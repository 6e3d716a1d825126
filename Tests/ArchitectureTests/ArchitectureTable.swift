/// The table of targets in ARCHITECTURE.md: `| target | question | may import |`.
struct ArchitectureTable {
    /// What each target may import.
    let rows: [String: Set<String>]

    init(_ markdown: String) {
        var rows: [String: Set<String>] = [:]
        var isInside = false
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map(
                \.trimmed)
            if cells.count != 3 {
                isInside = false
            } else if cells[0].lowercased() == "target" {
                isInside = true
            } else if isInside {
                for target in cells[0].matches(of: #/`(\w+)`/#) {
                    rows[String(target.output.1), default: []].formUnion(ArchitectureTable.modules(in: cells[2]))
                }
            }
        }
        self.rows = rows
    }

    /// Names separated by commas, with or without backticks; a dash or “nothing” names none.
    private static func modules(in cell: Substring) -> Set<String> {
        let names = cell.split(separator: ",").map { String($0.filter { character in character != "`" }.trimmed) }
        return Set(names).subtracting(["—", "-", "nothing", ""])
    }
}

extension StringProtocol {
    fileprivate var trimmed: SubSequence {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
        return start[...last]
    }
}
