import Contributions
import Testing

@Suite("Limits of a contribution")
struct ContributionLimitsTests {
    private func text(_ count: Int, of character: String = "a") -> String { String(repeating: character, count: count) }

    @Test("the limits are those of the contract")
    func values() {
        #expect(ContributionLimits.title == 200 && ContributionLimits.text == 5_000)
        #expect(ContributionLimits.author == 80 && ContributionLimits.licence == 80)
        #expect(ContributionLimits.themes == 12 && ContributionLimits.theme == 60)
        #expect(ContributionLimits.properties == 50 && ContributionLimits.propertyName == 120)
        #expect(ContributionLimits.propertyValue == 5_000)
    }

    @Test("a member as long as its limit is taken, one character more is not", arguments: ["a", "é", "e\u{301}", "👩‍👩‍👧‍👦"])
    func lengths(character: String) throws {
        _ = try Contribution(
            title: text(200, of: character), text: text(5_000, of: character), author: text(80, of: character),
            licence: text(80, of: character), geometry: nil)
        #expect(throws: ContributionError.tooLong(member: "title", characters: 201, limit: 200)) {
            try Contribution(title: text(201, of: character), geometry: nil)
        }
        #expect(throws: ContributionError.tooLong(member: "text", characters: 5_001, limit: 5_000)) {
            try Contribution(text: text(5_001, of: character), geometry: nil)
        }
        #expect(throws: ContributionError.tooLong(member: "author", characters: 81, limit: 80)) {
            try Contribution(author: text(81, of: character), geometry: nil)
        }
        #expect(throws: ContributionError.tooLong(member: "licence", characters: 81, limit: 80)) {
            try Contribution(licence: text(81, of: character), geometry: nil)
        }
    }

    @Test("twelve themes are taken, thirteen are not")
    func themeCount() throws {
        let themes = (1...13).map { "thème \($0)" }
        #expect(try Contribution(themes: Array(themes.prefix(12)), geometry: nil).themes.count == 12)
        #expect(throws: ContributionError.tooManyThemes(found: 13, limit: 12)) {
            try Contribution(themes: themes, geometry: nil)
        }
    }

    @Test("a theme has 1 to 60 characters and no comma")
    func themes() throws {
        #expect(try Contribution(themes: [text(60, of: "é"), "x"], geometry: nil).themes.count == 2)
        for theme in ["", text(61), "a,b", ",", ",\u{301}"] {
            #expect(throws: ContributionError.theme(theme)) { try Contribution(themes: ["x", theme], geometry: nil) }
        }
    }

    @Test(
        "a language tag is letters, then groups of letters and digits",
        arguments: [
            "fr", "pt-BR", "zh-Hant-TW", "de-CH-1996", "sl-rozaj", "gsw", "FR",
        ])
    func languages(tag: String) throws {
        #expect(try Contribution(language: tag, geometry: nil).language == tag)
    }

    @Test(
        "what is no language tag is refused",
        arguments: [
            "", "f", "12", "f2", "fr-", "-fr", "fr--CA", "fr_FR", "français", "abcdefghi", "fr-abcdefghi", "fr CA",
            "fr\n",
        ])
    func noLanguages(tag: String) {
        #expect(throws: ContributionError.language(tag)) { try Contribution(language: tag, geometry: nil) }
    }

    @Test("fifty free properties are taken, fifty-one are not")
    func propertyCount() throws {
        let members = (1...51).map { FreeProperties.Member(name: "p\($0)", json: "1") }
        func contribution(_ count: Int) throws -> Contribution {
            try Contribution(
                geometry: nil, properties: FreeProperties(members: Array(members.prefix(count)), json: "{}"))
        }
        #expect(try contribution(50).properties.members.count == 50)
        #expect(throws: ContributionError.tooManyProperties(found: 51, limit: 50)) { try contribution(51) }
    }

    @Test("a property's name has at most 120 characters and its value 5000")
    func propertyLengths() throws {
        func contribution(name: Int, value: Int) throws -> Contribution {
            let member = FreeProperties.Member(name: text(name, of: "é"), json: text(value, of: "é"))
            return try Contribution(geometry: nil, properties: FreeProperties(members: [member], json: "{}"))
        }
        #expect(try contribution(name: 120, value: 5_000).properties.members.count == 1)
        #expect(throws: ContributionError.tooLong(member: "a property's name", characters: 121, limit: 120)) {
            try contribution(name: 121, value: 1)
        }
        #expect(throws: ContributionError.tooLong(member: "éé", characters: 5_001, limit: 5_000)) {
            try contribution(name: 2, value: 5_001)
        }
    }

    @Test("the first member at fault is named")
    func firstFault() {
        #expect(throws: ContributionError.tooLong(member: "title", characters: 201, limit: 200)) {
            try Contribution(title: text(201), text: text(5_001), themes: [""], language: "", geometry: nil)
        }
    }
}
