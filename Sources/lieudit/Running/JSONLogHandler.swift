import Foundation
import Logging

/// One line of JSON for each thing worth a line, on standard error: `time`, `level`, `message` and what else is named.
///
/// What looks like an address or a token is taken out whoever wrote it: libraries log, too, and know nothing of our rules.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.warning

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata.merging(event.metadata ?? [:]) { _, own in own }.mapValues { Self.cleared("\($0)") }
        fields["time"] = Date().formatted(.iso8601)
        fields["level"] = event.level.rawValue
        fields["message"] = Self.cleared(event.message.description)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let line = try? encoder.encode(fields) else { return }
        FileHandle.standardError.write(line + [0x0A])
    }

    /// Without network addresses, tokens, ids and pairs of coordinates.
    static func cleared(_ text: String) -> String {
        text.replacing(#/\b\d{1,3}(\.\d{1,3}){3}\b/#, with: "…")
            .replacing(#/\b[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){3,7}\b/#, with: "…")
            .replacing(#/-?\d{1,3}\.\d{3,}\s*,\s*-?\d{1,3}\.\d{3,}/#, with: "…")
            .replacing(#/\b[0-9a-z]{24,}\b/#, with: "…")
    }
}
