extension SpatialStore {
    /// Waits until all that was committed before shows in memory, too: who is told of a change finds it made.
    /// - Throws: `StoreError.busy` when that takes longer than `patience`.
    package func untilShown(patience: Duration = SpatialStore.patience) async throws {
        let end = ContinuousClock.now + patience
        let round = gate.showing
        while round.isCommitted, gate.showing == round {
            guard ContinuousClock.now < end else { throw StoreError.busy(seconds: 1) }
            try await Task.sleep(for: .milliseconds(1))
        }
    }
}

/// How often a transaction was about to be committed, and how often what it has changed was shown.
struct ShowingRound: Equatable {
    let number: Int

    /// Whether one may be on the disk that is not shown yet.
    var isCommitted: Bool { number % 2 == 1 }
}
