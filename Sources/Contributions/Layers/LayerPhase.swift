/// Where a layer stands between its opening and its closing.
package enum LayerPhase: Equatable, Sendable {
    /// Not listed yet; its address says when it opens (seconds since 1970 UTC).
    case unopened(opens: Int64)
    case open
    /// Read and exported as ever; no contribution is taken any more since that moment.
    case closed(since: Int64)
}

extension Layer {
    /// - Parameter now: seconds since 1970 UTC.
    package func phase(at now: Int64, in place: LocalTime) -> LayerPhase {
        if let opens = opens.map(place.start), now < opens { return .unopened(opens: opens) }
        if let closed = closes.map(place.end), now >= closed { return .closed(since: closed) }
        return .open
    }

    /// The next moment after `now` at which the phase changes; nil when it never does.
    package func nextPhase(after now: Int64, in place: LocalTime) -> Int64? {
        [opens.map(place.start), closes.map(place.end)].compactMap { $0 }.filter { $0 > now }.min()
    }
}
