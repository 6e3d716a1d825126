package import Contributions
package import MapFormats

extension OpeningWindows {
    /// As it is stored and published; what is empty is left out.
    package var document: JSONObject {
        var document = JSONObject()
        if !weekly.isEmpty { document["weekly"] = .array(weekly.map { .object($0.document) }) }
        if !dated.isEmpty { document["dated"] = .array(dated.map { .object($0.document) }) }
        if !exceptions.isEmpty { document["exceptions"] = .array(exceptions.map { .object($0.document) }) }
        return document
    }

    /// The same with the zone whose clock is meant, without which nobody could read it.
    package func document(in place: LocalTime) -> JSONObject {
        var document = document
        document["time_zone"] = .string(place.zoneName)
        return document
    }
}

extension OpeningWindows.Weekly {
    fileprivate var document: JSONObject {
        var document = JSONObject()
        document["days"] = .array(days.map { .string($0.rawValue) })
        for member in window.document.members { document[member.name] = member.value }
        document["since"] = since.map { .string($0.text) }
        document["until"] = until.map { .string($0.text) }
        return document
    }
}

extension ClockWindow {
    fileprivate var document: JSONObject {
        var document: JSONObject = ["from": .string(from.text), "to": .string(to.text)]
        if isOvernight { document["overnight"] = true }
        return document
    }
}

extension OpeningWindows.Dated {
    fileprivate var document: JSONObject {
        switch self {
        case .clock(let from, let to): ["from": .string(from.text), "to": .string(to.text)]
        case .moments(let moments):
            [
                "from": .string(DateAndTime.text(seconds: moments.lowerBound) ?? ""),
                "to": .string(DateAndTime.text(seconds: moments.upperBound) ?? ""),
            ]
        }
    }
}

extension OpeningWindows.DatedEnd {
    fileprivate var text: String { time.map { "\(day.text)T\($0.text)" } ?? day.text }
}

extension OpeningWindows.Exception {
    fileprivate var document: JSONObject {
        var document: JSONObject = ["date": .string(date.text)]
        if windows.isEmpty {
            document["closed"] = true
        } else {
            document["windows"] = .array(windows.map { .object($0.document) })
        }
        return document
    }
}
