/// The pages that a site owes to whoever comes.
enum SitePage: String, CaseIterable, Sendable {
    /// The rules of the game, the criteria of moderation, and who decides.
    case rules
    /// Who publishes, and on whose machine.
    case legal
    case privacy
    case accessibility
    case contact
}
