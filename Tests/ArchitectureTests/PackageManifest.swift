/// The targets of a Package.swift, read as text.
struct PackageManifest {
    struct Target: Equatable {
        /// What is called: `target`, `executableTarget`, `testTarget`, `systemLibrary`.
        let kind: String
        let name: String
        /// Targets and products that it names as its dependencies.
        let dependencies: Set<String>
    }

    let targets: [Target]

    init(_ text: String) {
        let code = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                line.firstRange(of: "//").map { isQuoted($0.lowerBound, in: line) ? line : line[..<$0.lowerBound] }
                    ?? line
            }
            .joined(separator: "\n")
        targets = code.matches(of: #/\.(target|executableTarget|testTarget|systemLibrary)\(/#).compactMap { call in
            let arguments = code[call.range.upperBound...].balanced
            guard let name = arguments.firstMatch(of: #/name:\s*"([^"]+)"/#) else { return nil }
            return Target(
                kind: String(call.output.1), name: String(name.output.1),
                dependencies: PackageManifest.dependencies(in: arguments))
        }
    }

    func dependencies(of target: String) -> Set<String>? { targets.first { $0.name == target }?.dependencies }

    private static func dependencies(in arguments: Substring) -> Set<String> {
        guard let start = arguments.firstMatch(of: #/dependencies:\s*\[/#) else { return [] }
        let list = arguments[start.range.upperBound...].balanced
        let products = list.matches(of: #/\.product\(\s*name:\s*"([^"]+)"/#).map { String($0.output.1) }
        let targets = list.replacing(#/\.product\([^)]*\)/#, with: "").matches(of: #/"([^"]+)"/#).map {
            String($0.output.1)
        }
        return Set(products + targets)
    }
}

extension Substring {
    /// Up to the bracket that closes what was opened just before.
    fileprivate var balanced: Substring {
        var depth = 1
        for index in indices {
            if "([{".contains(self[index]) { depth += 1 }
            if ")]}".contains(self[index]) { depth -= 1 }
            if depth == 0 { return self[..<index] }
        }
        return self
    }
}

/// Whether a place of a line is inside a string: an address has slashes that begin no comment.
private func isQuoted(_ index: Substring.Index, in line: Substring) -> Bool {
    line[..<index].count { $0 == "\"" } % 2 == 1
}
