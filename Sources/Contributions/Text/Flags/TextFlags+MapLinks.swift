extension TextFlags {
    /// Addresses of the web that show a place on a map, `geo:` addresses (RFC 5870), and three words that stand for a
    /// square.
    static func mapLinks(in text: FoldedText) -> [TextFlag] {
        var found: [TextFlag] = []
        var place = 0
        while place < text.count {
            let end = endOfToken(in: text, at: place)
            if end > place, let start = mapLink(in: text, place..<end) {
                found.append(TextFlag(.mapLink, start..<withoutFullStop(text, start..<end)))
            }
            place = end + 1
        }
        return found
    }

    /// Longer ones exist; what they show is said before.
    private static let longest = 300

    private static func endOfToken(in text: FoldedText, at start: Int) -> Int {
        var end = start
        while end < text.count, ![0x20, 0x0A, 0x22, 0x3C, 0x3E].contains(text[end]) { end += 1 }
        return end
    }

    private static func withoutFullStop(_ text: FoldedText, _ range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound, text[end - 1].isOne(of: ".,;:!?)]'") { end -= 1 }
        return end
    }

    /// Where a link to a map begins within a run without spaces; nil when it holds none.
    private static func mapLink(in text: FoldedText, _ token: Range<Int>) -> Int? {
        guard token.count >= 8 else { return nil }
        let token = token.lowerBound..<min(token.upperBound, token.lowerBound + longest)
        let words = text.text(token)
        if let start = words.firstPlace(of: "geo:"),
            FoldedText.isDigit(text[token.lowerBound + start + 4])
                || text[token.lowerBound + start + 4] == UInt8(ascii: "-")
        {
            return token.lowerBound + start
        }
        if words.hasPrefix("///"), words.utf8.filter({ $0 == 0x2E }).count >= 2 { return token.lowerBound }
        guard words.utf8.contains(0x2E) else { return nil }
        for host in hosts {
            guard let place = words.firstPlace(of: host) else { continue }
            // The host alone shows no place.
            let after = token.lowerBound + place + host.utf8.count
            guard after < withoutFullStop(text, token) - 1 || host.hasSuffix("/") else { continue }
            return token.lowerBound + startOfLink(words, host: place)
        }
        return nil
    }

    private static func startOfLink(_ words: String, host place: Int) -> Int {
        for scheme in ["https://", "http://", "www."] {
            if let start = words.firstPlace(of: scheme), start < place { return start }
        }
        let before = words.utf8.prefix(place).reversed().prefix {
            FoldedText.isWordSign($0) || $0 == 0x2E || $0 == 0x2D
        }
        return place - before.count
    }

    private static let hosts = [
        "maps.google.", "google.com/maps", "google.fr/maps", "google.be/maps", "google.ch/maps", "goo.gl/maps",
        "maps.app.goo.gl/", "g.co/maps", "openstreetmap.org/", "openstreetmap.fr/", "osm.org/", "osm.fr/",
        "maps.apple.com", "maps.apple/", "waze.com/", "bing.com/maps", "wego.here.com", "share.here.com", "mappy.com/",
        "viamichelin.fr/", "geoportail.gouv.fr/", "what3words.com/", "w3w.co/", "plus.codes/", "organicmaps.app/",
        "omaps.app/", "citymapper.com/", "g.page/", "map.snapchat.com", "yandex.com/maps", "mapy.cz/",
        "mapillary.com/", "openstreetbrowser.org/", "cartes.app/", "f4map.com/", "google.com/maps",
    ]
}

extension String {
    /// Where `part` begins, in UTF-8 bytes; nil when it is not there.
    fileprivate func firstPlace(of part: String) -> Int? {
        utf8.firstRange(of: part.utf8).map { utf8.distance(from: utf8.startIndex, to: $0.lowerBound) }
    }
}
