import ArgumentParser

/// What every command takes.
struct StoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The store. Default: LIEUDIT_STORE, else the configuration file, else ./data/lieudit.sqlite",
            valueName: "file"))
    var store: String?

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            "A configuration file in JSON. Default: LIEUDIT_CONFIG, else none.", valueName: "file"))
    var configurationFile: String?

    func settings() async throws -> Settings {
        try await Settings(configurationFile: configurationFile, store: store)
    }
}
