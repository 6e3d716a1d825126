import ArgumentParser
import Contributions
import Foundation
import SpatialDatabase

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Tell how often maps were looked at, a day.",
        discussion: """
            Totals by layer and, for maps on other sites, by partner and embed; rounded to five, and fewer than five \
            are not told. Nothing is known of who has looked: no address, no cookie, no identifier, no time of day.
            """)

    @OptionGroup var storeOptions: StoreOptions

    @Option(help: ArgumentHelp("How many days back.", valueName: "count"))
    var days = 30

    @Flag(help: "Print an array of {day, layer, partner, embed, count} as JSON.")
    var json = false

    func run() async throws {
        let settings = try await storeOptions.settings()
        let store = try SpatialStore.openForReading(path: settings.store)
        let now = Int64(Date().timeIntervalSince1970)
        let totals = try store.usage(since: try settings.localTime().day(of: now - Int64(max(days, 0)) * 86_400))
        try store.close()
        if json { return try printJSON(totals) }
        for total in totals {
            let place = total.partner.map { "\($0) (\(total.embed ?? ""))" } ?? "our own page"
            print("\(total.day)  \(total.layer)  \(place)  \(total.count.map { "about \($0)" } ?? "fewer than 5")")
        }
        if totals.isEmpty { print("Nothing counted in these days.") }
    }

    private func printJSON(_ totals: [UsageTotal]) throws {
        struct Row: Encodable {
            let day: String
            let layer: String
            let partner: String?
            let embed: String?
            let count: Int?
        }
        let rows = totals.map {
            Row(day: $0.day, layer: $0.layer, partner: $0.partner, embed: $0.embed, count: $0.count)
        }
        print(String(decoding: try JSONEncoder().encode(rows), as: UTF8.self))
    }
}
