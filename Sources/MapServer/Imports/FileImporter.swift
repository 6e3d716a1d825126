package import Contributions

/// A file that somebody has sent to be brought into a layer, and how it is meant.
package struct SentFile: Sendable {
    /// Where it lies, in a folder that is nobody else's; its ending says which format it has.
    package let path: String
    package let layer: LayerIdentifier
    /// Whether it is only looked at.
    package let isRehearsal: Bool
    /// Whether bad records are left out, and named.
    package let skipsInvalid: Bool
}

/// What became of a file.
package struct ImportOutcome: Sendable, Equatable {
    /// Features that are in the layer now, or would be.
    package let count: Int
    package let skipped: Int
    /// What else is to be said, a sentence each; of a refusal, why.
    package let told: [String]
    package let isRefused: Bool

    package init(count: Int, skipped: Int, told: [String], isRefused: Bool) {
        self.count = count
        self.skipped = skipped
        self.told = told
        self.isRefused = isRefused
    }
}

/// Reads what people send in a process of its own, with bounds, so that no file can take the server down.
package typealias FileImporter = @Sendable (SentFile) async throws -> ImportOutcome
