import Testing

@testable import Contributions

/// What people are told of windows. It is Sunday, 2026-11-22, noon in Paris.
@Suite struct OpeningSentenceTests {
    private static let noon: Int64 = 1_795_345_200
    private static let hour: Int64 = 3_600

    private static func say(_ from: Int64, _ to: Int64?) -> (french: String, english: String) {
        // Hours from now.
        let period = AlivePeriod(start: noon + from * hour, end: to.map { noon + $0 * hour })
        return (
            OpeningSentence(at: noon, in: .paris, .french).text(of: period),
            OpeningSentence(at: noon, in: .paris, .english).text(of: period)
        )
    }

    @Test(
        "windows are said as people say them",
        arguments: [
            (74, 78, "Ouvert mercredi de 14 h à 18 h", "Open on Wednesday from 14:00 to 18:00"),
            (2, 6, "Ouvert aujourd’hui de 14 h à 18 h", "Open today from 14:00 to 18:00"),
            (10, 14, "Ouvert aujourd’hui de 22 h à 2 h", "Open today from 22:00 to 02:00"),
            (24, 36, "Ouvert demain de midi à minuit", "Open tomorrow from noon to midnight"),
            (12, 36, "Ouvert demain, toute la journée", "Open tomorrow, all day"),
            (
                234, 238, "Ouvert le mercredi 2 décembre de 6 h à 10 h",
                "Open on Wednesday 2 December from 06:00 to 10:00"
            ),
            (
                204, 228, "Ouvert le mardi 1er décembre, toute la journée", "Open on Tuesday 1 December, all day"
            ),
            (
                204, 276, "Ouvert du mardi 1er décembre au jeudi 3 décembre",
                "Open from Tuesday 1 December to Thursday 3 December"
            ),
            (
                206, 280, "Ouvert du mardi 1er décembre à 2 h au vendredi 4 décembre à 4 h",
                "Open from Tuesday 1 December, 02:00, to Friday 4 December, 04:00"
            ),
            (-1, 6, "Ouvert maintenant, jusqu’à 18 h", "Open now, until 18:00"),
            (-1, 12, "Ouvert maintenant, jusqu’à minuit", "Open now, until midnight"),
            (-1, 14, "Ouvert maintenant, jusqu’à 2 h", "Open now, until 02:00"),
            (-1, 30, "Ouvert maintenant, jusqu’à demain 18 h", "Open now, until tomorrow, 18:00"),
            (
                -1, 238, "Ouvert maintenant, jusqu’au mercredi 2 décembre à 10 h",
                "Open now, until Wednesday 2 December, 10:00"
            ),
            (-1, nil, "Ouvert maintenant", "Open now"),
            (
                1_002, 1_004, "Ouvert le dimanche 3 janvier 2027 de 6 h à 8 h",
                "Open on Sunday 3 January 2027 from 06:00 to 08:00"
            ),
        ] as [(Int64, Int64?, String, String)])
    func sentences(from: Int64, to: Int64?, french: String, english: String) {
        let said = Self.say(from, to)
        #expect(said.french == french && said.english == english)
    }

    @Test func minutesAreSaidWhereThereAreSome() {
        let period = AlivePeriod(start: Self.noon + 8_100, end: Self.noon + 9_300)
        #expect(
            OpeningSentence(at: Self.noon, in: .paris, .french).text(of: period)
                == "Ouvert aujourd’hui de 14 h 15 à 14 h 35")
    }
}
