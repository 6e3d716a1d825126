import Contributions
import Curation
import Logging
import ServiceLifecycle
import SpatialDatabase

/// What observes by itself beside the answering: totals of use are written down, slow statements told of, and a disk
/// that has refused is tried again.
struct Observation: Service {
    private let site: Site
    private let usage: UsageCounter
    private let logger: Logger

    init(site: Site, usage: UsageCounter, logger: Logger) {
        self.site = site
        self.usage = usage
        self.logger = logger
    }

    private static let pause = Duration.seconds(5)
    /// Looks between two writings of totals: five minutes.
    private static let looks = 60

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var look = 1
            var settled: String?
            while true {
                tellOfSlowQueries()
                if !site.layers.store.condition.isWritable { await site.layers.store.tryWriting() }
                if look.isMultiple(of: Self.looks) { settled = await writeUsage(settled) }
                look += 1
                try await Task.sleep(for: Self.pause)
            }
        }
        _ = await writeUsage(site.localTime.day(of: site.now))
    }

    /// Returns the day whose predecessors have been settled; nothing is written when there is nothing to write.
    private func writeUsage(_ settled: String?) async -> String? {
        let taken = usage.take()
        let (today, oldest) = (
            site.localTime.day(of: site.now),
            site.localTime.day(of: site.now - Int64(UsageRule.days) * 86_400)
        )
        guard !taken.isEmpty || settled != today else { return settled }
        do {
            try await site.layers.store.write { transaction in
                try transaction.count(taken, on: today)
                try transaction.settleUsage(before: today, oldest: oldest)
            }
            return today
        } catch {
            usage.putBack(taken)
            logger.error("totals of use could not be written down and will be tried again: \(type(of: error))")
            return settled
        }
    }

    private func tellOfSlowQueries() {
        for finding in (try? site.layers.store.slowQueryFindings()) ?? [] {
            logger.warning(
                "slow query",
                metadata: [
                    "plan": "\(finding.plan.joined(separator: "; "))", "times": "\(finding.times)",
                    "milliseconds": "\(Int(finding.longest * 1_000))",
                ])
        }
    }
}
