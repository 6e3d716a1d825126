import Logging

extension Logger {
    /// The same, deaf to what is noted beside a message: the server library numbers every request in its logger, and
    /// numbers that nobody ever reads would be made into text each time.
    var withoutMetadata: Logger {
        let handler = handler
        return Logger(label: label) { _ in PlainLogHandler(base: handler) }
    }
}

private struct PlainLogHandler: LogHandler {
    var base: any LogHandler

    var metadata: Logger.Metadata {
        get { [:] }
        set { _ = newValue }
    }

    var logLevel: Logger.Level {
        get { base.logLevel }
        set { base.logLevel = newValue }
    }

    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set { _ = newValue }
    }

    func log(event: LogEvent) { base.log(event: event) }
}
