/// The modules that a Swift source imports, each with its line.
struct Imports {
    struct Line: Equatable {
        let number: Int
        let module: String
    }

    let lines: [Line]

    init(in source: String) {
        var lines: [Line] = []
        // Text between triple quotes and comments over several lines may begin a line with the word.
        var isInString = false
        var isInComment = false
        for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let code = line.drop(while: \.isWhitespace)
            if isInComment || code.hasPrefix("/*") {
                isInComment = !line.contains("*/")
                continue
            }
            if !isInString { lines += Imports.modules(in: code).map { Line(number: index + 1, module: $0) } }
            if line.contains("\"\"\""), line.ranges(of: "\"\"\"").count % 2 == 1 { isInString.toggle() }
        }
        self.lines = lines
    }

    /// What this target may not import: neither always allowed, nor itself, nor in its list.
    func faults(in target: String, allowed: Set<String>) -> [Line] {
        lines.filter { $0.module != target && !allowed.contains($0.module) && !Imports.always.contains($0.module) }
    }

    /// What comes with the tool chain.
    static let always: Set<String> = ["Swift", "Dispatch", "Foundation", "Synchronization", "Testing"]

    /// The modules of a line that begins with an import; several are separated by semicolons.
    private static func modules(in line: Substring) -> [String] {
        guard line.first.map({ $0 == "@" || $0.isLetter }) == true, line.contains("import") else { return [] }
        let words = #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+/#
        let kind = #/^(?:struct|class|enum|protocol|func|var|let|typealias)\s+/#
        var modules: [String] = []
        for statement in line.split(separator: ";") {
            guard let start = statement.prefixMatch(of: words) else { break }
            var name = statement[start.range.upperBound...]
            if let start = name.prefixMatch(of: kind) { name = name[start.range.upperBound...] }
            modules.append(String(name.prefix { $0.isLetter || $0.isNumber || $0 == "_" }))
        }
        return modules
    }
}
