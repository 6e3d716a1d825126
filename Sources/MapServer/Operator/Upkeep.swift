import Curation
import Foundation
import Logging
import ServiceLifecycle
import Synchronization

/// What runs by itself beside the answering: releases and expiries that nobody has asked about, retention, and the
/// last traces of what was erased.
struct Upkeep: Service {
    private let site: Site
    private let logger: Logger

    init(site: Site, logger: Logger) {
        self.site = site
        self.logger = logger
    }

    /// Between two looks.
    private static let pause = Duration.seconds(10)
    private static let retentionPause: Int64 = 3_600

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var retained: Int64?
            while true {
                let now = Int64(site.clock().timeIntervalSince1970.rounded(.down))
                await carefully("what is due") { try await site.catchUp() }
                if retained.map({ now - $0 >= Self.retentionPause }) ?? true {
                    await carefully("retention") {
                        if try await site.participation.retain(at: now) { site.upkeep.forgetSoon() }
                    }
                    retained = now
                }
                await forget()
                try await Task.sleep(for: Self.pause)
            }
        }
        // What was withdrawn a moment before the end is forgotten before it.
        await forget()
        await site.files.close()
    }

    private func forget() async {
        guard site.upkeep.isForgettingDue else { return }
        await carefully("forgetting") { try await site.scrub() }
    }

    private func carefully(_ what: String, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch is CancellationError {
            return
        } catch {
            logger.error("\(what) could not be carried out and will be tried again: \(type(of: error))")
        }
    }
}

/// What there is to do for the upkeep.
final class UpkeepNotes: Sendable {
    private let isDue = Atomic(false)

    /// Something was erased whose traces are to go.
    func forgetSoon() { isDue.store(true, ordering: .releasing) }

    var isForgettingDue: Bool { isDue.load(ordering: .acquiring) }

    func forgotten() { isDue.store(false, ordering: .releasing) }
}
