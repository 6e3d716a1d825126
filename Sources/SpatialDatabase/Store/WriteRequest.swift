/// One piece of writing on its way through the gate.
struct WriteRequest: Sendable {
    /// What is left to do once all is kept: to show it, and to answer.
    typealias Conclusion = @Sendable () -> Void

    /// Whether it shares its transaction with nobody.
    let isAlone: Bool
    /// How long it waits for its turn.
    let patience: Duration
    let deadline: ContinuousClock.Instant
    /// Writes; may be called again after a transaction that was not kept.
    let body: @Sendable (StoreTransaction) throws -> Conclusion
    /// Answers that nothing of it has been kept.
    let fail: @Sendable (any Error) -> Void

    init(
        isAlone: Bool, patience: Duration, body: @escaping @Sendable (StoreTransaction) throws -> Conclusion,
        fail: @escaping @Sendable (any Error) -> Void
    ) {
        self.isAlone = isAlone
        self.patience = patience
        deadline = .now + patience
        self.body = body
        self.fail = fail
    }
}
