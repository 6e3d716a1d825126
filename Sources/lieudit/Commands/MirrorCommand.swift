import ArgumentParser
import Contributions
import Curation
import Foundation

struct MirrorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mirror", abstract: "Keep a copy of a layer of another server, which is read only.",
        discussion: """
            URL is that of a collection of OGC API Features, such as https://host/collections/x, of Lieudit or of any \
            other server. The first run copies everything; each later one takes what has changed since, and forgets \
            here what is gone there. A run that was cut short is gone on with. Run it again as often as the copy \
            should be true, from a timer.

            Nobody contributes to a copy. Its licence and whom to thank come from the source. Positions are those \
            that the source publishes: a cell stays a cell. Redirections and links to another server are refused.
            """)

    @OptionGroup var storeOptions: StoreOptions

    @Argument(help: "The collection there.")
    var url: String

    @Option(help: ArgumentHelp("The layer here; created when missing.", valueName: "id"))
    var layer: String

    @Option(help: ArgumentHelp("How many features are copied at most.", valueName: "count"))
    var most = 1_000_000

    @Option(name: .customLong("page-bytes"), help: ArgumentHelp("How large one answer may be.", valueName: "bytes"))
    var pageBytes = 64 << 20

    @Option(name: .customLong("time-limit"), help: ArgumentHelp("How long all may take.", valueName: "seconds"))
    var timeLimit = 3_600

    func run() async throws {
        guard most > 0, pageBytes > 0, timeLimit > 0 else { throw Refusal("a limit is a whole number above 0") }
        let settings = try await storeOptions.settings()
        let identifier = try LayerIdentifier(layer)
        let limits = SourceClient.Limits(bytes: pageBytes, end: .now + .seconds(timeLimit))
        let client = try SourceClient(url, limits: limits)
        do {
            try await mirror(identifier, settings, client)
            await client.close()
        } catch {
            await client.close()
            throw error
        }
    }

    private func mirror(_ identifier: LayerIdentifier, _ settings: Settings, _ client: SourceClient) async throws {
        let collection = try await SourceCollection(url, through: client)
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: settings.store).deletingLastPathComponent(), withIntermediateDirectories: true)
        let writer = try MirrorWriter(
            store: settings.store, tombstones: settings.tombstones, localTime: try settings.localTime())
        defer { try? writer.close() }
        try await writer.begin(collection.layer(identifier), of: collection.address)
        var run = MirrorRun(
            client: client, collection: collection, layer: identifier, writer: writer, most: most)
        try await run.run()
        let outcome = run.outcome
        print(
            "\(identifier): \(outcome.added) added, \(outcome.changed) changed, \(outcome.withdrawn) withdrawn, "
                + "\(run.leftOut) left out; \(run.requests) requests, \(run.unchangedPages) pages unchanged.")
    }
}
