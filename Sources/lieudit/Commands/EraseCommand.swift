import ArgumentParser
import Contributions

struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Erase a contribution, whatever its state: nothing of it is left in the store.")

    @OptionGroup var storeOptions: StoreOptions

    @Argument(help: "The id of the contribution.")
    var id: String

    func run() async throws {
        guard let identifier = PublicIdentifier(id) else { throw ContributionError.identifier(id) }
        let settings = try await storeOptions.settings()
        try await Writing(store: settings.store, tombstones: settings.tombstones).erase(identifier)
        print("Erased \(id).")
    }
}
