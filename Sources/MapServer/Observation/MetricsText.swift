import Contributions
import Curation
import Foundation
import SpatialDatabase
import SpatialIndex

/// All that is measured, as Prometheus reads it (text format 0.0.4). Labels are names of routes, layers and the like:
/// none ever holds what somebody has sent.
struct MetricsText {
    private(set) var text = ""

    init(_ site: Site) throws {
        addRequests(site.meters)
        addProcess(site)
        try addStore(site)
        addBackups(site)
    }

    private mutating func addRequests(_ meters: RequestMeters) {
        let used = meters.used
        head("lieudit_requests_total", "counter", "Requests answered, by route, method and status.")
        for (name, counts) in used {
            for (status, count) in counts.statuses.sorted(by: { $0.status < $1.status }) {
                add("lieudit_requests_total", labels(name, ("status", String(status))), count)
            }
        }
        head("lieudit_request_seconds", "histogram", "Seconds until an answer began.")
        for (name, counts) in used {
            var sum = 0
            for (index, count) in counts.buckets.enumerated() {
                sum += count
                let bound = index < RouteMeter.bounds.count ? String(RouteMeter.bounds[index]) : "+Inf"
                add("lieudit_request_seconds_bucket", labels(name, ("le", bound)), sum)
            }
            add("lieudit_request_seconds_sum", labels(name), counts.seconds)
            add("lieudit_request_seconds_count", labels(name), sum)
        }
    }

    private mutating func addProcess(_ site: Site) {
        gauge("lieudit_up_seconds", "Seconds since the start.", (ContinuousClock.now - site.began).inSeconds)
        if let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = Int(line.filter(\.isNumber))
        {
            gauge("lieudit_memory_bytes", "Resident memory.", kilobytes * 1_024)
        }
        if let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
            gauge("lieudit_open_files", "File descriptors, connections included.", open)
        }
        gauge("lieudit_pages_uncounted", "Looks at pages that are not written down yet.", site.usage.waiting)
        let tiles = site.tiles.holdings
        gauge("lieudit_tile_cache_tiles", "Tiles in memory.", tiles.tiles)
        gauge("lieudit_tile_cache_bytes", "Bytes of the tiles in memory.", tiles.bytes)
        let answers = site.tiles.answers
        counter("lieudit_tile_cache_hits_total", "Tiles that were in memory when they were asked for.", answers.hits)
        counter("lieudit_tile_cache_misses_total", "Tiles that had to be made.", answers.misses)
    }

    private mutating func addStore(_ site: Site) throws {
        let store = site.layers.store
        let sizes = store.sizes
        gauge("lieudit_store_bytes", "Bytes of the store's file.", sizes.store)
        gauge("lieudit_store_log_bytes", "Bytes of its write-ahead log.", sizes.log)
        gauge(
            "lieudit_store_writable", "Whether the disk took what was last written.", store.condition.isWritable ? 1 : 0
        )
        gauge("lieudit_writers_waiting", "Pieces of writing that wait for their turn.", store.waitingWriters)
        head("lieudit_slow_queries_total", "counter", "Statements of SQL that took long.")
        add("lieudit_slow_queries_total", "", store.slowQueries.total)
        head("lieudit_index_features", "gauge", "Features in memory, by layer.")
        for layer in site.layers.all {
            add("lieudit_index_features", "{layer=\"\(layer.identifier)\"}", layer.snapshot.count)
        }
        head("lieudit_contributions_waiting", "gauge", "Contributions that wait for a curator, by layer.")
        for (layer, count) in try store.waitingCounts().sorted(by: { $0.key.text < $1.key.text }) {
            add("lieudit_contributions_waiting", "{layer=\"\(layer)\"}", count)
        }
        if let tombstones = store.tombstones {
            gauge("lieudit_tombstones", "Entries of the file of tombstones.", tombstones.position.count)
        }
    }

    /// Nothing where there is no backup: whoever watches is to notice that it is absent, too.
    private mutating func addBackups(_ site: Site) {
        guard let moment = site.configuration.lastBackup() else { return }
        gauge("lieudit_backup_age_seconds", "Seconds since the last backup.", site.clock().timeIntervalSince(moment))
    }

    private func labels(_ name: RequestMeters.Name, _ more: (name: String, value: String)? = nil) -> String {
        let last = more.map { ",\($0.name)=\"\($0.value)\"" } ?? ""
        return "{route=\"\(name.template)\",method=\"\(name.method)\"\(last)}"
    }

    private mutating func gauge(_ name: String, _ meaning: String, _ value: some CustomStringConvertible) {
        head(name, "gauge", meaning)
        add(name, "", value)
    }

    private mutating func counter(_ name: String, _ meaning: String, _ value: Int) {
        head(name, "counter", meaning)
        add(name, "", value)
    }

    private mutating func head(_ name: String, _ kind: String, _ meaning: String) {
        text += "# HELP \(name) \(meaning)\n# TYPE \(name) \(kind)\n"
    }

    private mutating func add(_ name: String, _ labels: String, _ value: some CustomStringConvertible) {
        text += "\(name)\(labels) \(value)\n"
    }
}
