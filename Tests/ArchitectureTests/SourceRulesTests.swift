import Testing

@Suite("Rules for every source")
struct SourceRulesTests {
    @Test("no Swift file has more than 400 lines", arguments: ["Sources", "Tests"])
    func length(folder: String) throws {
        let files = Repository.swiftFiles(in: folder)
        #expect(files.count > 20, "the files are found")
        for file in files {
            let lines = try Repository.text(of: file).split(separator: "\n", omittingEmptySubsequences: false).count - 1
            #expect(lines <= 400, "\(file) has \(lines) lines")
        }
    }

    @Test("sources promise nothing for later and stop nowhere on purpose")
    func forbiddenWords() throws {
        for file in Repository.swiftFiles(in: "Sources") {
            let found = ForbiddenWord.found(in: try Repository.text(of: file))
            #expect(found.isEmpty, "\(file): \(found)")
        }
    }

    @Test("a forbidden word is caught, a word that holds it is not")
    func control() {
        #expect(
            ForbiddenWord.found(in: "a // TODO later\nb\ntry! c as! D\nfatalError()\n// FIXME") == [
                "line 1: TODO", "line 3: try!", "line 3: as!", "line 4: fatalError(", "line 5: FIXME",
            ])
        #expect(ForbiddenWord.found(in: "\"has!\" entry! nonfatalError() todo mastodon try? as? TODOS").isEmpty)
    }
}

/// What no source holds.
enum ForbiddenWord: String, CaseIterable {
    case todo = "TODO"
    case fixme = "FIXME"
    case forcedTry = "try!"
    case forcedCast = "as!"
    case fatalError = "fatalError("

    /// Every one in a text, with its line.
    static func found(in text: String) -> [String] {
        let words = allCases.filter { text.contains($0.rawValue) }
        guard !words.isEmpty else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            words.filter { word in line.ranges(of: word.rawValue).contains { isWord($0, in: line) } }
                .map { "line \(index + 1): \($0.rawValue)" }
        }
    }

    private static func isWord(_ range: Range<Substring.Index>, in line: Substring) -> Bool {
        let before = line[..<range.lowerBound].last
        let after = line[range.upperBound...].first
        let endsInLetter = line[range].last?.isLetter == true
        return before?.isLetter != true && !(endsInLetter && after?.isLetter == true)
    }
}
