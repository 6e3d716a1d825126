import Contributions
import MapFormats

extension MemberReading {
    /// Windows; nil for null, which is all hours. Each fault bears the pointer to its member.
    mutating func hours(_ value: JSONValue, _ pointer: String, in place: LocalTime) -> OpeningWindows? {
        guard let hours = object(value, pointer, ["weekly", "dated", "exceptions", "time_zone"]) else { return nil }
        if let zone = hours["time_zone"], zone != .string(place.zoneName) {
            fail(pointer + "/time_zone", .notOneOf([place.zoneName]))
        }
        var windows = OpeningWindows()
        for (item, pointer) in items(of: hours, "weekly", pointer, limit: OpeningWindows.Limits.weekly) {
            if let weekly = weekly(item, pointer) { windows.weekly.append(weekly) }
        }
        for (item, pointer) in items(of: hours, "dated", pointer, limit: OpeningWindows.Limits.dated) {
            if let dated = dated(item, pointer) { windows.dated.append(dated) }
        }
        for (item, pointer) in items(of: hours, "exceptions", pointer, limit: OpeningWindows.Limits.exceptions) {
            guard let exception = exception(item, pointer) else { continue }
            if windows.exceptions.contains(where: { $0.date == exception.date }) {
                fail(pointer + "/date", .dayGivenTwice)
            }
            windows.exceptions.append(exception)
        }
        if windows == OpeningWindows(), faults.isEmpty { fail(pointer, .noWindow) }
        return windows
    }

    private mutating func items(
        of object: JSONObject, _ name: String, _ pointer: String, limit: Int
    ) -> [(JSONValue, String)] {
        list(object[name], "\(pointer)/\(name)", limit: limit).enumerated().map { ($1, "\(pointer)/\(name)/\($0)") }
    }

    private mutating func weekly(_ value: JSONValue, _ pointer: String) -> OpeningWindows.Weekly? {
        guard let members = required(value, pointer, ["days", "from", "to", "overnight", "since", "until"]) else {
            return nil
        }
        let days = days(members["days"], pointer + "/days")
        let window = window(members, pointer)
        let since = day(members["since"], pointer + "/since")
        let until = day(members["until"], pointer + "/until")
        if let since, let until, until < since { fail(pointer + "/until", .endsBeforeItBegins) }
        guard !days.isEmpty, let window else { return nil }
        return OpeningWindows.Weekly(days: days, window: window, since: since, until: until)
    }

    private mutating func days(_ value: JSONValue?, _ pointer: String) -> Set<Weekday> {
        let all = Weekday.allCases.map(\.rawValue)
        var days: Set<Weekday> = []
        let items = list(value, pointer, limit: all.count)
        for (place, item) in items.enumerated() {
            if let day = item.text.flatMap(Weekday.init) {
                days.insert(day)
            } else {
                fail("\(pointer)/\(place)", .notOneOf(all))
            }
        }
        if items.isEmpty, faults.last?.pointer != pointer { fail(pointer, .missing) }
        return days
    }

    private mutating func window(_ members: JSONObject, _ pointer: String) -> ClockWindow? {
        let from = time(members["from"], pointer + "/from")
        let to = time(members["to"], pointer + "/to")
        let isOvernight = flag(members["overnight"], pointer + "/overnight")
        guard let from, let to else { return nil }
        if let window = ClockWindow(from: from, to: to, isOvernight: isOvernight) { return window }
        // Over midnight, what ends later than it has begun is longer than a day.
        fail(pointer + (isOvernight ? "/overnight" : "/to"), isOvernight ? .longerThanADay : .endsBeforeItBegins)
        return nil
    }

    private mutating func dated(_ value: JSONValue, _ pointer: String) -> OpeningWindows.Dated? {
        guard let members = required(value, pointer, ["from", "to"]) else { return nil }
        let from = end(members["from"], pointer + "/from")
        let to = end(members["to"], pointer + "/to")
        switch (from, to) {
        case (.moment(let from)?, .moment(let to)?):
            if from < to { return .moments(from..<to) }
            fail(pointer + "/to", .endsBeforeItBegins)
        case (.clock(let from)?, .clock(let to)?):
            if let dated = OpeningWindows.Dated(from: from, to: to) { return dated }
            fail(pointer + "/to", .endsBeforeItBegins)
        case (nil, _), (_, nil): break
        default: fail(pointer + "/to", .unlikeEnds)
        }
        return nil
    }

    private enum End {
        case clock(OpeningWindows.DatedEnd)
        case moment(Int64)
    }

    /// `2026-11-22`, `2026-11-22T14:00`, or a date-time with an offset, its seconds given or not.
    private mutating func end(_ value: JSONValue?, _ pointer: String) -> End? {
        guard let text = text(value, pointer) else { return nil }
        let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        if let day = CalendarDay(parts[0]) {
            guard parts.count == 2 else { return .clock(.init(day: day)) }
            let clock = parts[1].hasSuffix(":00") && parts[1].utf8.count == 8 ? parts[1].dropLast(3) : parts[1]
            if let time = ClockTime(clock) { return .clock(.init(day: day, time: time)) }
            let withSeconds = "\(parts[0])T\(parts[1].prefix(5)):00\(parts[1].dropFirst(5))"
            if let moment = DateAndTime.seconds(text) ?? DateAndTime.seconds(withSeconds) { return .moment(moment) }
        }
        fail(pointer, .notADayOrTime)
        return nil
    }

    private mutating func exception(_ value: JSONValue, _ pointer: String) -> OpeningWindows.Exception? {
        guard let members = required(value, pointer, ["date", "closed", "windows"]) else { return nil }
        if members["date"] == nil { fail(pointer + "/date", .missing) }
        let date = day(members["date"], pointer + "/date")
        let isClosed = flag(members["closed"], pointer + "/closed")
        var windows: [ClockWindow] = []
        let limit = OpeningWindows.Limits.windowsOfException
        for (item, pointer) in items(of: members, "windows", pointer, limit: limit) {
            guard let members = required(item, pointer, ["from", "to", "overnight"]) else { continue }
            if let window = window(members, pointer) { windows.append(window) }
        }
        if isClosed, !windows.isEmpty { fail(pointer + "/closed", .closedAndOpen) }
        if !isClosed, windows.isEmpty, faults.isEmpty { fail(pointer + "/windows", .noWindow) }
        return date.map { OpeningWindows.Exception(date: $0, windows: windows) }
    }

    private mutating func required(_ value: JSONValue, _ pointer: String, _ known: Set<String>) -> JSONObject? {
        if value == .null { fail(pointer, .wrongType) }
        return object(value, pointer, known)
    }

    private mutating func time(_ value: JSONValue?, _ pointer: String) -> ClockTime? {
        guard let text = text(value, pointer) else { return nil }
        let time = ClockTime(text)
        if time == nil { fail(pointer, .notATime) }
        return time
    }

    /// Nil for null and for none.
    private mutating func day(_ value: JSONValue?, _ pointer: String) -> CalendarDay? {
        guard let value, value != .null, let text = text(value, pointer) else { return nil }
        let day = CalendarDay(text)
        if day == nil { fail(pointer, .notADay) }
        return day
    }
}
