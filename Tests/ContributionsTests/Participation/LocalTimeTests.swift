import Contributions
import Testing

/// Days and hours where the instance stands. The moments were worked out with `date -u -d`.
@Suite struct LocalTimeTests {
    private func layer(opens: String? = nil, closes: String? = nil) throws -> Layer {
        Layer(
            identifier: try LayerIdentifier("fabrique"), opens: try opens.map { try ExtendedDate($0) },
            closes: try closes.map { try ExtendedDate($0) })
    }

    @Test(
        "a date without a time begins at midnight in Paris and ends at the next, whatever the clocks do that night",
        arguments: [
            // Winter, summer, the night that loses an hour and the night that gains one.
            ("2027-01-15", 1_799_967_600, 1_800_054_000), ("2027-07-14", 1_815_516_000, 1_815_602_400),
            ("2027-03-28", 1_806_188_400, 1_806_271_200), ("2027-10-31", 1_824_933_600, 1_825_023_600),
            ("2027", 1_798_758_000, 1_830_294_000), ("2027-03", 1_803_855_600, 1_806_530_400),
        ])
    func wholeDays(text: String, start: Int64, end: Int64) throws {
        let date = try ExtendedDate(text)
        #expect(LocalTime.paris.start(of: date) == start)
        #expect(LocalTime.paris.end(of: date) == end)
    }

    @Test func theDaysOnWhichTheClocksChangeAreAnHourShorterAndAnHourLonger() throws {
        func length(_ text: String) throws -> Int64 {
            let date = try ExtendedDate(text)
            return LocalTime.paris.end(of: date) - LocalTime.paris.start(of: date)
        }
        #expect(try length("2027-03-27") == 24 * 3_600)
        #expect(try length("2027-03-28") == 23 * 3_600)
        #expect(try length("2027-10-31") == 25 * 3_600)
    }

    @Test func aDateWithATimeIsThatMoment() throws {
        let date = try ExtendedDate("2027-03-28T18:30:00+02:00")
        #expect(LocalTime.paris.start(of: date) == 1_806_251_400)
        #expect(LocalTime.paris.end(of: date) == 1_806_251_400)
    }

    @Test func bothEndsOfAnIntervalOfDaysBelongToIt() throws {
        let week = try ExtendedDate("2027-03-22/2027-03-28")
        #expect(LocalTime.paris.start(of: week) == 1_805_670_000)
        #expect(LocalTime.paris.end(of: week) == 1_806_271_200)
        let open = try ExtendedDate("2027-03-22/..")
        #expect(LocalTime.paris.end(of: open) == .max)
    }

    @Test func theNextMidnightIsAlwaysLaterAndOfTheSameDayUntilItComes() {
        for (moment, midnight) in [
            (1_806_188_399, 1_806_188_400), (1_806_188_400, 1_806_271_200), (1_806_271_199, 1_806_271_200),
            (1_824_933_600, 1_825_023_600), (1_825_023_599, 1_825_023_600),
        ] as [(Int64, Int64)] {
            #expect(LocalTime.paris.nextMidnight(after: moment) == midnight, "\(moment)")
        }
    }

    @Test func aMonthIsThatOfThePlace() {
        // 2026-11-30T23:30:00Z is half past midnight on the first of December in Paris.
        #expect(LocalTime.paris.month(of: 1_796_081_400) == "2026-12")
        #expect(LocalTime.universal.month(of: 1_796_081_400) == "2026-11")
    }

    @Test func aZoneThatThereIsNotIsNone() {
        #expect(LocalTime(identifier: "Europe/Lieudit") == nil)
        #expect(LocalTime(identifier: "America/Martinique") != nil)
    }

    @Test func aLayerIsOpenFromTheFirstSecondOfItsFirstDayToTheLastOfItsLast() throws {
        let fabrique = try layer(opens: "2027-03-28", closes: "2027-10-31")
        let (opens, closed) = (1_806_188_400, 1_825_023_600) as (Int64, Int64)
        func phase(_ moment: Int64) -> LayerPhase { fabrique.phase(at: moment, in: .paris) }
        #expect(phase(opens - 1) == .unopened(opens: opens))
        #expect(phase(opens) == .open)
        #expect(phase(closed - 1) == .open)
        #expect(phase(closed) == .closed(since: closed))
        #expect(fabrique.nextPhase(after: opens - 1, in: .paris) == opens)
        #expect(fabrique.nextPhase(after: opens, in: .paris) == closed)
        #expect(fabrique.nextPhase(after: closed, in: .paris) == nil)
        // An hour of the same layer elsewhere: the day begins with the place.
        #expect(fabrique.phase(at: opens, in: .universal) == .unopened(opens: opens + 3_600))
    }

    @Test func aLayerWithoutDatesIsAlwaysOpen() throws {
        for moment in [0, 1_806_188_400, .max] as [Int64] {
            #expect(try layer().phase(at: moment, in: .paris) == .open)
        }
    }
}
