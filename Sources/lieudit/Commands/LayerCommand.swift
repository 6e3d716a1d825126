import ArgumentParser
import Contributions
import Foundation
import MapServer
import SpatialDatabase

struct LayerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layer", abstract: "Create, list and delete layers.",
        subcommands: [LayerCreateCommand.self, LayerListCommand.self, LayerDeleteCommand.self])
}

struct LayerCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Create a layer.")

    @OptionGroup var storeOptions: StoreOptions

    @Argument(help: "Its id in addresses: 1 to 64 of a–z, 0–9 and -")
    var id: String

    @Option(help: "Its title. Default: the id")
    var title: String?

    @Option(help: "A sentence or two about it.")
    var description = ""

    @Option(help: "What participants are asked.")
    var prompt = ""

    @Option(help: "The rules of the game, shown before anything is sent.")
    var rules = ""

    @Option(help: ArgumentHelp("The page where the layer is talked about.", valueName: "url"))
    var discussion: String?

    @Option(help: ArgumentHelp("The first day on which contributions are taken.", valueName: "date"))
    var opens: String?

    @Option(help: ArgumentHelp("The last day on which contributions are taken.", valueName: "date"))
    var closes: String?

    @Option(help: "When contributions are reviewed: before or after they show.")
    var review = Layer.Review.before

    @Option(help: "Who may contribute: anyone, invited or curators.")
    var contributors = Layer.Contributors.anyone

    @Option(help: "The precision offered first: exact, about, wide or none.")
    var precision = Precision.about

    @Option(help: "The finest precision allowed: exact, about, wide or none.")
    var finest = Precision.exact

    @Option(help: "The licence of what is shared openly, such as CC-BY-4.0.")
    var licence: String?

    @Option(
        name: .customLong("kind"),
        help: "A kind that is taken: place, memory or encounter; may be repeated. Default: all")
    var kinds: [Kind] = []

    @Option(name: .customLong("theme"), help: "A theme that is taken; may be repeated. Default: any")
    var themes: [String] = []

    @Option(name: .customLong("language"), help: "A language that is taken, such as fr; may be repeated. Default: any")
    var languages: [String] = []

    @Option(help: "When what is accepted shows: at-once, or daily, all of a day together.")
    var release = Layer.Release.atOnce

    @Option(help: ArgumentHelp("How many days a contribution shows before it is forgotten.", valueName: "days"))
    var retention: Int?

    @Flag(help: "Let search engines index what the layer publishes.")
    var indexable = false

    @Flag(help: "Print the layer as JSON.")
    var json = false

    func validate() throws {
        if let retention, retention < 1 { throw ValidationError("--retention is a number of days from 1") }
        if themes.contains(where: { $0.isEmpty || $0.contains(",") }) {
            throw ValidationError("--theme is a text without commas")
        }
    }

    func run() async throws {
        let settings = try await storeOptions.settings()
        let layer = Layer(
            identifier: try LayerIdentifier(id), title: title, description: description, prompt: prompt,
            rules: rules, discussion: discussion, opens: try opens.map { try ExtendedDate($0) },
            closes: try closes.map { try ExtendedDate($0) },
            review: review, contributors: contributors, kinds: kinds.isEmpty ? Set(Kind.allCases) : Set(kinds),
            themes: themes, languages: languages, defaultPrecision: precision, finestPrecision: finest,
            licence: licence, release: release, retention: retention, isIndexable: indexable)
        try await Writing(store: settings.store, tombstones: settings.tombstones).create(layer)
        print(json ? try LayerListing(layer, count: 0).json : "Created the layer \(id).")
    }
}

extension Layer.Review: ExpressibleByArgument {}
extension Layer.Release: ExpressibleByArgument {}
extension Layer.Contributors: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}

struct LayerListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the layers and how much each of them holds.")

    @OptionGroup var storeOptions: StoreOptions

    @Flag(help: "Print an array of JSON.")
    var json = false

    func run() async throws {
        let path = try await storeOptions.settings().store
        guard FileManager.default.fileExists(atPath: path) else {
            Terminal.say("There is no store at \(path) yet.")
            if json { print("[]") }
            return
        }
        let store = try SpatialStore.openForReading(path: path)
        let counts = try store.publishedCounts()
        let layers = try store.layers().map { LayerListing($0, count: counts[$0.identifier] ?? 0) }
        try store.close()
        if json {
            print("[" + (try layers.map { try $0.json }).joined(separator: ",") + "]")
        } else if layers.isEmpty {
            Terminal.say("There is no layer yet; create one with: lieudit layer create ID")
        } else {
            let width = layers.map(\.id.count).max() ?? 0
            for layer in layers {
                print(
                    "\(layer.id.padding(toLength: width, withPad: " ", startingAt: 0))  \(layer.count)  \(layer.title)")
            }
        }
    }
}

struct LayerDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a layer with everything in it. This cannot be undone.")

    @OptionGroup var storeOptions: StoreOptions

    @Argument(help: "The id of the layer.")
    var id: String

    func run() async throws {
        let settings = try await storeOptions.settings()
        guard FileManager.default.fileExists(atPath: settings.store) else {
            throw StoreError.missing(path: settings.store)
        }
        let count = try await Writing(store: settings.store, tombstones: settings.tombstones).delete(
            try LayerIdentifier(id))
        print("Deleted the layer \(id) and the \(count) features in it.")
    }
}

/// A layer as a program reads it: its description and how many features it publishes.
private struct LayerListing: Encodable {
    private let layer: LayerDescription
    let id: String
    let title: String
    let count: Int

    init(_ layer: Layer, count: Int) {
        self.layer = LayerDescription(layer)
        id = layer.identifier.text
        title = layer.title
        self.count = count
    }

    private enum CodingKeys: CodingKey { case count }

    func encode(to encoder: any Encoder) throws {
        try layer.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(count, forKey: .count)
    }

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
