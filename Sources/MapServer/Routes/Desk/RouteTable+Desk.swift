import HTTPTypes

extension RouteTable {
    /// The curator's desk, sessions and tokens.
    static let desk = [
        Route("/desk", nil, [.interface], toleratesUnknownParameters: true, DeskPage.page),
        Route("/session", .session, [], SessionRoutes.current),
        Route("/session", .beginSession, method: .post, SessionRoutes.begin),
        Route("/session", .endSession, method: .delete, SessionRoutes.end),
        Route("/tokens", .tokens, [], TokenRoutes.list),
        Route("/tokens", .addToken, method: .post, TokenRoutes.add),
        Route("/tokens/{token}", .revokeToken, method: .delete, TokenRoutes.revoke),
        Route("/moderation/usage", .usage, UsageRoutes.parameters, UsageRoutes.totals),
        Route("/moderation/journal", .journal, JournalRoutes.parameters, JournalRoutes.list),
    ]
}

extension Operation {
    static let session = Operation(
        "session", "Who one is at the desk, and until when", Answer(MediaType.json, .session)
    ).taking(nil, .bearer)
    static let beginSession = Operation(
        "beginSession", "Sign in at the desk with a token: it becomes a cookie of our own pages",
        Answer(MediaType.json, .session)
    ).taking(.sessionRequest)
    static let endSession = Operation("endSession", "Sign out").taking(answering: 204, .bearer)
    static let tokens = Operation(
        "tokens", "Who looks after what, as far as one invites them oneself", Answer(MediaType.json, .tokens)
    ).taking(nil, .bearer)
    static let addToken = Operation(
        "addToken", "Invite somebody; the token is shown this once", Answer(MediaType.json, .token)
    ).taking(.tokenRequest, answering: 201, .bearer)
    static let revokeToken = Operation("revokeToken", "Revoke a token: it opens nothing any more, nor do its sessions")
        .taking(answering: 204, .bearer)
    static let journal = Operation(
        "journal", "Who has done what, the last first, and whether the journal is whole",
        Answer(MediaType.json, .journal)
    ).taking(nil, .bearer)
}
