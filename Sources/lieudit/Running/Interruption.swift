import Dispatch
import Foundation

/// Takes a temporary file away when the command is interrupted, and ends it as the signal would have.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    init(removing path: String) {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                try? FileManager.default.removeItem(atPath: path)
                Terminal.say("Interrupted; nothing was imported unless the server had begun to write it.")
                exit(128 + number)
            }
            source.resume()
            return source
        }
    }

    func cancel() {
        for source in sources { source.cancel() }
    }
}
