import Foundation

/// What a person sees while a command works: on standard error, and moving only on a terminal.
struct Terminal: Sendable {
    private let isInteractive = isatty(STDERR_FILENO) == 1

    static func say(_ sentence: String) {
        FileHandle.standardError.write(Data((sentence + "\n").utf8))
    }

    /// A bar that is drawn over itself.
    func progress(_ label: String, _ done: Int, of total: Int) {
        guard isInteractive, total > 0 else { return }
        let share = min(Double(done) / Double(total), 1)
        let filled = Int(share * 30)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        draw("\(label) \(bar) \(Int(share * 100)) %")
    }

    /// Takes the bar away.
    func clear() {
        if isInteractive { draw("") }
    }

    private func draw(_ text: String) {
        FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
    }
}
