/// How much a contribution may hold (`trust.md`, SR8).
package enum ContributionLimits {
    package static let title = 200
    package static let text = 5_000
    package static let author = 80
    package static let licence = 80
    package static let themes = 12
    package static let theme = 60
    package static let properties = 50
    package static let propertyName = 120
    package static let propertyValue = 5_000

    static func check(
        title: String, text: String, author: String?, licence: String?
    ) throws(ContributionError) {
        try check("title", title, limit: self.title)
        try check("text", text, limit: self.text)
        try check("author", author ?? "", limit: self.author)
        try check("licence", licence ?? "", limit: self.licence)
    }

    static func check(themes: [String]) throws(ContributionError) {
        guard themes.count <= self.themes else { throw .tooManyThemes(found: themes.count, limit: self.themes) }
        for theme in themes where theme.isEmpty || theme.count > self.theme || theme.utf8.contains(0x2C) {
            throw .theme(theme)
        }
    }

    static func check(language: String?) throws(ContributionError) {
        guard let language else { return }
        guard isLanguage(language) else { throw .language(language) }
    }

    /// Whether a text has the form of a BCP 47 tag.
    package static func isLanguage(_ language: String) -> Bool {
        let parts = language.split(separator: "-", omittingEmptySubsequences: false)
        let isTag = parts.allSatisfy { part in
            (1...8).contains(part.utf8.count) && part.utf8.allSatisfy { isLetter($0) || 0x30...0x39 ~= $0 }
        }
        return isTag && parts[0].utf8.count >= 2 && parts[0].utf8.allSatisfy(isLetter)
    }

    static func check(properties: [FreeProperties.Member]) throws(ContributionError) {
        guard properties.count <= self.properties else {
            throw .tooManyProperties(found: properties.count, limit: self.properties)
        }
        for property in properties {
            try check("a property's name", property.name, limit: propertyName)
            // Bytes bound characters from above, and are counted in constant time.
            if property.json.utf8.count > propertyValue {
                try check(property.name, property.json, limit: propertyValue)
            }
        }
    }

    private static func check(_ member: String, _ value: String, limit: Int) throws(ContributionError) {
        guard value.utf8.count > limit, value.count > limit else { return }
        throw .tooLong(member: member, characters: value.count, limit: limit)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        0x41...0x5A ~= byte || 0x61...0x7A ~= byte
    }
}
