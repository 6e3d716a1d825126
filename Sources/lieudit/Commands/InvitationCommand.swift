import ArgumentParser
import Contributions

struct InvitationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invitation", abstract: "Make and revoke the codes with which the invited contribute to a layer.",
        subcommands: [InvitationCreateCommand.self, InvitationRevokeCommand.self])
}

struct InvitationCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a code and print it, this once.",
        discussion: "The code stands alone on standard output, its id on standard error. Any number may share it.")

    @OptionGroup var storeOptions: StoreOptions

    @Option(help: "The layer that it invites to.")
    var layer: String

    @Flag(
        help: ArgumentHelp(
            "The group leader attests that the agreements of the parents are held on paper: what those under 15 give with this code waits for no parent. Only where LIEUDIT_PARENTS_ON_PAPER=1 allows it."
        ))
    var parentsOnPaper = false

    func run() async throws {
        let settings = try await storeOptions.settings()
        var generator = SystemRandomNumberGenerator()
        let code = PaperCode.random(using: &generator)
        let identifier = try await Writing(store: settings.store, tombstones: settings.tombstones).invite(
            code: code.text, layer: layer, parentsOnPaper: parentsOnPaper, isPaperAllowed: settings.allowsParentsOnPaper
        )
        Terminal.say("To revoke it: lieudit invitation revoke \(identifier)")
        print(code.text)
    }
}

struct InvitationRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke a code: from now on it invites nobody.")

    @OptionGroup var storeOptions: StoreOptions

    @Argument(help: "The id that was said when it was made.")
    var id: String

    func run() async throws {
        try await Writing(store: try await storeOptions.settings().store).revokeInvitation(id)
        print("Revoked the invitation \(id).")
    }
}
