import Contributions
import Testing

@Test(
    "every contribution error is a sentence with the value at fault",
    arguments: [
        (ContributionError.layerIdentifier("É"), "“É” cannot name a layer: use 1 to 64 of a–z, 0–9 and -"),
        (.identifier("x"), "“x” is not a public id: expected 26 characters of base 32"),
        (.kind("thing"), "kind “thing” is unknown; expected place, memory or encounter"),
        (.precision("rough"), "precision “rough” is unknown; expected exact, about, wide or none"),
        (.date("hier"), "“hier” is not a date of EDTF level 0 or 1, such as 1987, 1987-06, 198X or 1980/1989"),
        (.language("f"), "lang “f” is not a language tag such as fr or pt-BR"),
        (.tooLong(member: "title", characters: 201, limit: 200), "title has 201 characters; at most 200 are taken"),
        (.tooManyProperties(found: 51, limit: 50), "there are 51 free properties; at most 50 are taken"),
        (.tooManyThemes(found: 13, limit: 12), "there are 13 themes; at most 12 are taken"),
        (.theme("a,b"), "theme “a,b” is empty, too long or holds a comma"),
    ])
func sentence(error: ContributionError, expected: String) {
    #expect(error.description == expected)
}
