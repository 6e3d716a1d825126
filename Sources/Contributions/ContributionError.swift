/// Why something cannot be contributed as it was given; names the member at fault.
package enum ContributionError: Error, Equatable, Sendable {
    case layerIdentifier(String)
    case identifier(String)
    case kind(String)
    case precision(String)
    case date(String)
    case language(String)
    case tooLong(member: String, characters: Int, limit: Int)
    case tooManyProperties(found: Int, limit: Int)
    case tooManyThemes(found: Int, limit: Int)
    case theme(String)
}

extension ContributionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .layerIdentifier(let text):
            "“\(text)” cannot name a layer: use 1 to 64 of a–z, 0–9 and -"
        case .identifier(let text):
            "“\(text)” is not a public id: expected \(PublicIdentifier.length) characters of base 32"
        case .kind(let text):
            "kind “\(text)” is unknown; expected place, memory or encounter"
        case .precision(let text):
            "precision “\(text)” is unknown; expected exact, about, wide or none"
        case .date(let text):
            "“\(text)” is not a date of EDTF level 0 or 1, such as 1987, 1987-06, 198X or 1980/1989"
        case .language(let text):
            "lang “\(text)” is not a language tag such as fr or pt-BR"
        case .tooLong(let member, let characters, let limit):
            "\(member) has \(characters) characters; at most \(limit) are taken"
        case .tooManyProperties(let found, let limit):
            "there are \(found) free properties; at most \(limit) are taken"
        case .tooManyThemes(let found, let limit):
            "there are \(found) themes; at most \(limit) are taken"
        case .theme(let text):
            "theme “\(text)” is empty, too long or holds a comma"
        }
    }
}
