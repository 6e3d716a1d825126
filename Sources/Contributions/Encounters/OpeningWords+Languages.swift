struct FrenchOpeningWords: OpeningWords {
    private static let weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
    private static let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]

    var openNow: String { "Ouvert maintenant" }

    func openNowUntil(_ day: OpeningDay?, _ time: String) -> String {
        switch day {
        case nil: "Ouvert maintenant, jusqu’à \(time)"
        case .date(let date)?: "Ouvert maintenant, jusqu’au \(date) à \(time)"
        case .today?, .tomorrow?, .weekday?: "Ouvert maintenant, jusqu’à \(day.map(name) ?? "") \(time)"
        }
    }

    func open(_ day: OpeningDay, _ from: String, _ to: String) -> String { "Ouvert \(on(day)) de \(from) à \(to)" }
    func openAllDay(_ day: OpeningDay) -> String { "Ouvert \(on(day)), toute la journée" }
    func openDays(_ first: OpeningDay, _ last: OpeningDay) -> String { "Ouvert du \(name(first)) au \(name(last))" }
    func openBetween(_ first: OpeningDay, _ from: String, _ last: OpeningDay, _ to: String) -> String {
        "Ouvert du \(name(first)) à \(from) au \(name(last)) à \(to)"
    }
    func openFrom(_ day: OpeningDay, _ time: String) -> String { "Ouvert \(on(day)) à partir de \(time)" }

    private func on(_ day: OpeningDay) -> String { if case .date(let date) = day { "le \(date)" } else { name(day) } }

    private func name(_ day: OpeningDay) -> String {
        switch day {
        case .today: "aujourd’hui"
        case .tomorrow: "demain"
        case .weekday(let name), .date(let name): name
        }
    }

    func clock(_ time: ClockTime) -> String {
        switch time.minutes {
        case 0, 1_440: "minuit"
        case 720: "midi"
        case let minutes where minutes % 60 == 0: "\(minutes / 60) h"
        case let minutes: "\(minutes / 60) h \(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
        }
    }

    func weekday(_ day: Weekday) -> String { Self.weekdays[Weekday.allCases.firstIndex(of: day) ?? 0] }

    func date(_ weekday: Weekday, _ day: Int64, _ month: Int, _ year: Int64?) -> String {
        let date = "\(self.weekday(weekday)) \(day == 1 ? "1er" : String(day)) \(Self.months[month - 1])"
        return year.map { "\(date) \($0)" } ?? date
    }
}

struct EnglishOpeningWords: OpeningWords {
    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    var openNow: String { "Open now" }

    func openNowUntil(_ day: OpeningDay?, _ time: String) -> String {
        guard let day else { return "Open now, until \(time)" }
        return "Open now, until \(name(day)), \(time)"
    }

    func open(_ day: OpeningDay, _ from: String, _ to: String) -> String { "Open \(on(day)) from \(from) to \(to)" }
    func openAllDay(_ day: OpeningDay) -> String { "Open \(on(day)), all day" }
    func openDays(_ first: OpeningDay, _ last: OpeningDay) -> String { "Open from \(name(first)) to \(name(last))" }
    func openBetween(_ first: OpeningDay, _ from: String, _ last: OpeningDay, _ to: String) -> String {
        "Open from \(name(first)), \(from), to \(name(last)), \(to)"
    }
    func openFrom(_ day: OpeningDay, _ time: String) -> String { "Open \(on(day)) from \(time)" }

    private func on(_ day: OpeningDay) -> String {
        switch day {
        case .today, .tomorrow: name(day)
        case .weekday(let name), .date(let name): "on \(name)"
        }
    }

    private func name(_ day: OpeningDay) -> String {
        switch day {
        case .today: "today"
        case .tomorrow: "tomorrow"
        case .weekday(let name), .date(let name): name
        }
    }

    func clock(_ time: ClockTime) -> String {
        switch time.minutes {
        case 0, 1_440: "midnight"
        case 720: "noon"
        default: time.text
        }
    }

    func weekday(_ day: Weekday) -> String { Self.weekdays[Weekday.allCases.firstIndex(of: day) ?? 0] }

    func date(_ weekday: Weekday, _ day: Int64, _ month: Int, _ year: Int64?) -> String {
        let date = "\(self.weekday(weekday)) \(day) \(Self.months[month - 1])"
        return year.map { "\(date) \($0)" } ?? date
    }
}
