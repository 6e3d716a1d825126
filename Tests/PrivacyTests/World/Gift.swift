import Contributions
import MapFormats
import MapGeometry

/// One contribution of a world's story, as a client sends it that does not snap.
struct Gift: Sendable {
    let number: Int
    let layer: String
    var fate: Fate
    let precision: Precision
    /// The true place, to seven decimals.
    var pin: Coordinate
    /// Where it is moved to, when that is its fate.
    var laterPin: Coordinate
    let title: String
    let text: String
    let theme: String
    let when: String
    let language: String
    let author: String?
    let kind: Kind

    /// A word that no other contribution has.
    var ownWord: String { "mot\(number)" }

    /// A word that stands only in a change that nobody has reviewed.
    var secretWord: String { "secret\(number)" }

    var body: JSONValue { feature(at: pin, text: "\(text) \(ownWord)") }

    var laterBody: JSONValue { feature(at: laterPin, text: "\(text) \(ownWord)") }

    /// The same, and nothing more has become of it than that it was published.
    var publishedOnly: Gift {
        var gift = self
        gift.fate = .published
        return gift
    }

    private func feature(at place: Coordinate, text: String) -> JSONValue {
        var properties: JSONObject = [
            "title": .string(title), "text": .string(text), "theme": [.string(theme)], "when": .string(when),
            "lang": .string(language), "kind": .string(kind.rawValue), "precision": .string(precision.rawValue),
            "consent": .boolean(true), "consents": ["partners": .boolean(number % 3 != 0)],
        ]
        if fate == .awaitingParent { properties["age_band"] = "under-15" }
        properties["author"] = author.map(JSONValue.string)
        return [
            "type": "Feature",
            "geometry": ["type": "Point", "coordinates": [.number(place.longitude), .number(place.latitude)]],
            "properties": .object(properties),
        ]
    }
}
