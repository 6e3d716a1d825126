/// Says when an encounter point is alive, as people of the place would.
package struct OpeningSentence: Sendable {
    private let place: LocalTime
    private let today: CalendarDay
    private let now: Int64
    private let words: any OpeningWords

    /// - Parameter now: seconds since 1970 UTC, from where days are called today and tomorrow.
    package init(at now: Int64, in place: LocalTime, _ language: Language) {
        self.place = place
        self.now = now
        today = place.calendarDay(at: now)
        switch language {
        case .french: words = FrenchOpeningWords()
        case .english: words = EnglishOpeningWords()
        }
    }

    /// Such as `Ouvert mercredi de 14 h à 18 h`; of what is under way, until when it is.
    package func text(of period: AlivePeriod) -> String {
        period.contains(now) ? underWay(period) : ahead(period)
    }

    private func underWay(_ period: AlivePeriod) -> String {
        guard let end = period.end else { return words.openNow }
        let last = Reading(place.reading(at: end), isEnd: true)
        if last.day == today || last.day.number == today.number + 1 && last.isNight {
            return words.openNowUntil(nil, words.clock(last.time))
        }
        return words.openNowUntil(name(last.day), words.clock(last.time))
    }

    private func ahead(_ period: AlivePeriod) -> String {
        let first = Reading(place.reading(at: period.start))
        guard let end = period.end else { return words.openFrom(name(first.day), words.clock(first.time)) }
        let last = Reading(place.reading(at: end), isEnd: true)
        if first.time.minutes == 0, last.time.minutes == 1_440 {
            return first.day == last.day
                ? words.openAllDay(name(first.day)) : words.openDays(full(first.day), full(last.day))
        }
        if first.day == last.day || last.day.number == first.day.number + 1 && last.isNight {
            return words.open(name(first.day), words.clock(first.time), words.clock(last.time))
        }
        return words.openBetween(
            full(first.day), words.clock(first.time), full(last.day), words.clock(last.time))
    }

    private func name(_ day: CalendarDay) -> OpeningDay {
        switch day.number - today.number {
        case 0: .today
        case 1: .tomorrow
        case 2...6: .weekday(words.weekday(day.weekday))
        default: full(day)
        }
    }

    private func full(_ day: CalendarDay) -> OpeningDay {
        let (date, isThisYear) = (day.date, day.date.year == today.date.year)
        return .date(words.date(day.weekday, date.day, Int(date.month), isThisYear ? nil : date.year))
    }

    /// What the clock reads, by day and time.
    private struct Reading {
        let day: CalendarDay
        let time: ClockTime

        /// - Parameter minutes: since 1970-01-01 00:00 by the clock itself.
        init(_ minutes: Int64, isEnd: Bool = false) {
            // The end of a day belongs to it: nobody says that Sunday ends on Monday.
            let counted = isEnd ? minutes - 1 : minutes
            let number = counted >= 0 ? counted / 1_440 : (counted - 1_439) / 1_440
            day = CalendarDay(number: number)
            time = ClockTime(wrapping: minutes - number * 1_440)
        }

        /// Whether it belongs to the evening before.
        var isNight: Bool { time.minutes <= 720 }
    }
}

/// How a day is called.
enum OpeningDay {
    case today, tomorrow
    case weekday(String)
    case date(String)
}

/// The words of one language.
protocol OpeningWords: Sendable {
    var openNow: String { get }
    /// - Parameter day: nil for this very day or night.
    func openNowUntil(_ day: OpeningDay?, _ time: String) -> String
    func open(_ day: OpeningDay, _ from: String, _ to: String) -> String
    func openAllDay(_ day: OpeningDay) -> String
    func openDays(_ first: OpeningDay, _ last: OpeningDay) -> String
    func openBetween(_ first: OpeningDay, _ from: String, _ last: OpeningDay, _ to: String) -> String
    func openFrom(_ day: OpeningDay, _ time: String) -> String
    func clock(_ time: ClockTime) -> String
    func weekday(_ day: Weekday) -> String
    /// - Parameter year: nil for this one.
    func date(_ weekday: Weekday, _ day: Int64, _ month: Int, _ year: Int64?) -> String
}
