import ArgumentParser
import Contributions
import Curation
import Foundation
import SpatialDatabase

struct HouseholdsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "households", abstract: "Tell and load the household table, which makes cells coarser.",
        discussion: """
            With a table, a cell grows from 200 m to at most 32 km until 11 households live in it. Without one, a cell \
            of 200 m may be a single house.
            """,
        subcommands: [HouseholdsShowCommand.self, HouseholdsLoadCommand.self],
        defaultSubcommand: HouseholdsShowCommand.self)
}

struct HouseholdsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Tell whether a household table is loaded.")

    @OptionGroup var storeOptions: StoreOptions

    @Flag(help: "Print {cells, households} as JSON.")
    var json = false

    func run() async throws {
        let store = try SpatialStore.openForReading(path: try await storeOptions.settings().store)
        let summary = try store.householdSummary()
        try store.close()
        if json {
            print(#"{"cells":\#(summary.cells),"households":\#(summary.households)}"#)
        } else {
            print("Household table: \(summary.sentence).")
        }
    }
}

struct HouseholdsLoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Load a household table in the place of the one before.",
        discussion: """
            Reads CSV with a row for each cell of 200 m that people live in: its name in a column cell (or idcar_200m, \
            or idinspire), such as CRS3035RES200mN2890400E3762800, and its households in a column households (or men). \
            Where the table has no row nobody lives: it must cover all that the layers cover.

            Contributions follow it at once, beside a running server too. What is published stays as it is, since \
            copies of it may exist.
            """)

    @OptionGroup var storeOptions: StoreOptions

    @Argument(help: "The file.")
    var file: String

    func run() async throws {
        let path = URL(fileURLWithPath: file).path
        let count = try await Writing(store: try await storeOptions.settings().store).loadHouseholds(csvFile: path)
        print("Loaded \(count) cells. New contributions follow them; what is published stays as it is.")
    }
}
