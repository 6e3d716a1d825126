import ArgumentParser
import Contributions
import Foundation
import SpatialDatabase

struct PartnerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partner", abstract: "Make and list the sites that may frame maps.",
        subcommands: [PartnerCreateCommand.self, PartnerListCommand.self])
}

struct PartnerCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Let a site be a partner, and print its id.",
        discussion: "Its token: lieudit token create --role partner --partner ID. Its maps: POST /embeds.")

    @OptionGroup var storeOptions: StoreOptions

    @Argument(help: "The name of the partner.")
    var name: String

    @Option(
        name: .customLong("origin"),
        help: "Where its pages come from, such as https://theatre.example; may be repeated.")
    var origins: [String] = []

    func run() async throws {
        for origin in origins {
            do throws(OriginFault) {
                _ = try Origin(origin)
            } catch {
                throw Refusal("“\(origin)”: \(error.sentence(in: .english))")
            }
        }
        let settings = try await storeOptions.settings()
        print(
            try await Writing(store: settings.store, tombstones: settings.tombstones).createPartner(
                name: name, origins: origins))
    }
}

struct PartnerListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the partners by their ids.")

    @OptionGroup var storeOptions: StoreOptions

    func run() async throws {
        let store = try SpatialStore.openForReading(path: try await storeOptions.settings().store)
        let partners = try store.read { try $0.partners() }
        try store.close()
        for partner in partners {
            let origins = partner.origins.map(\.text).joined(separator: " ")
            print("\(partner.identifier)  \(partner.name)\(partner.isClosed ? ", closed" : "")  \(origins)")
        }
    }
}
