/// A site says nothing of what it holds. Libraries describe the services that they run, down to the last field of
/// each: that took half of the time of a start, and would have all of it in a log.
extension Site: CustomDebugStringConvertible {
    var debugDescription: String { "Site" }
}
