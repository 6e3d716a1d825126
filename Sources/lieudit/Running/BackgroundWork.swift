import Foundation

/// Work that nobody waits for, beside a server that answers.
enum BackgroundWork {
    /// From now on Linux prefers everybody else to this process.
    ///
    /// Priorities belong to threads: those that there are get theirs here, those to come inherit it. The class of
    /// Linux for idle work is no better: there the slowest of a hundred answers came later, since a processor that is
    /// busy with it passes for a free one.
    ///
    /// To be called by the thread that is to work, right before it: another that is just being made may keep its own.
    static func begin() {
        // What a thread begins while the others get theirs may have come too early to inherit it.
        while threads.filter(giveWay).count > 0 {}
    }

    private static var threads: [id_t] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []).compactMap { id_t($0) }
    }

    /// Whether that was to be done, and could be.
    private static func giveWay(_ thread: id_t) -> Bool {
        let kind = __priority_which_t(PRIO_PROCESS.rawValue)
        return getpriority(kind, thread) != last && setpriority(kind, thread, last) == 0
    }

    /// What Linux calls the last priority.
    private static let last: Int32 = 19
}
