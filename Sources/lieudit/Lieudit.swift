import ArgumentParser

/// The command: how it is run. Each subcommand is one file of `Commands/`.
@main
struct Lieudit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lieudit",
        abstract: "A géographie du sensible: places, memories and encounter points, served as maps.",
        discussion: """
            Every command works beside a running server. Commands that write hand their work to it through a \
            socket next to the store; without a server they write themselves.

            Exit status: 0 done, 1 refused (a sentence on standard error says why), 64 wrong usage.
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, LayerCommand.self, ImportCommand.self, ExportCommand.self, TokenCommand.self,
            InvitationCommand.self, PartnerCommand.self, EraseCommand.self, CellsCommand.self, HouseholdsCommand.self,
            CheckCommand.self, BackupCommand.self, BackupKeyCommand.self, RestoreCommand.self, DrillCommand.self,
            StatsCommand.self, MirrorCommand.self,
        ]
    )
}
