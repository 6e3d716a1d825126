package import Contributions

/// What the store keeps of an encounter point beside the contribution; its JSON is read by whoever knows JSON.
package struct StoredEncounter: Equatable, Sendable {
    /// Windows as one JSON object; nil for all hours.
    package let hours: String?
    package let prompt: String
    /// One JSON object; nil when nothing is revealed.
    package let reveals: String?
    package let standing: EncounterStanding?

    package init(
        hours: String? = nil, prompt: String = "", reveals: String? = nil, standing: EncounterStanding? = nil
    ) {
        self.hours = hours
        self.prompt = prompt
        self.reveals = reveals
        self.standing = standing
    }
}

/// A code on a wall as curators see it in a list; the code itself is known to nobody but the wall.
package struct StoredCode: Equatable, Sendable {
    /// Names the code; opens nothing.
    package let identifier: PublicIdentifier
    package let label: String
}
