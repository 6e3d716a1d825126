/// Lets one writer in at a time, in the order of arrival, and sends away who has waited too long.
actor WriteGate {
    private var isTaken = false
    private var waiting: [(ticket: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    private var nextTicket = 0

    /// Runs `body` alone.
    /// - Throws: `StoreError.busy` when its turn has not come within `patience`; nothing has run then.
    nonisolated func pass<Value: Sendable>(
        patience: Duration, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        guard await enter(patience: patience) else {
            throw StoreError.busy(seconds: Int(patience.components.seconds))
        }
        do {
            let value = try await body()
            await leave()
            return value
        } catch {
            await leave()
            throw error
        }
    }

    private func enter(patience: Duration) async -> Bool {
        guard isTaken else {
            isTaken = true
            return true
        }
        let ticket = nextTicket
        nextTicket += 1
        let timer = Task {
            try await Task.sleep(for: patience)
            self.giveUp(ticket)
        }
        let entered = await withCheckedContinuation { waiting.append((ticket, $0)) }
        timer.cancel()
        return entered
    }

    private func giveUp(_ ticket: Int) {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiting.remove(at: index).continuation.resume(returning: false)
    }

    private func leave() {
        guard !waiting.isEmpty else {
            isTaken = false
            return
        }
        waiting.removeFirst().continuation.resume(returning: true)
    }
}
