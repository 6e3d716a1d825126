import GRDB

/// Pieces of writing that are kept together by one commit, each in a savepoint of its own.
///
/// Source: D. Gawlick and D. Kinkade, "Varieties of concurrency control in IMS/VS Fast Path", IEEE Database
/// Eng. Bull. 8(2), 1985 (group commit).
struct WriteGroup {
    typealias Conclusion = WriteRequest.Conclusion

    let database: Database
    /// Where erasures are written down before they are committed.
    var tombstones: TombstoneFile?
    /// Who watches the database.
    var slowQueries: SlowQueries?

    /// So many at most, taken in so short a time, that no reply waits for an endless group.
    private static let largest = 256
    static let longest = Duration.milliseconds(20)
    /// As long as `longest`, but where a test has all the time in the world.
    var span = WriteGroup.longest
    /// Told before others can see what this has written.
    var willCommit: () -> Void = {}

    /// Writes a request, with those that may go with it, in one transaction.
    ///
    /// One that throws undoes only itself. When the others' commit is refused for what one has written, or the
    /// transaction is lost under them, each is written by itself instead, so that only the culprit fails.
    /// - Parameter next: takes the next that waits; nil when there is none now.
    /// - Returns: what is left to do for each, in the order of writing. Nothing throws.
    func write(_ first: WriteRequest, next: () -> WriteRequest? = { nil }) -> [Conclusion] {
        do {
            try database.beginTransaction(.immediate)
        } catch {
            return [{ first.fail(error) }]
        }
        let end = ContinuousClock.now + span
        var written: [(request: WriteRequest, result: Result<Conclusion, any Error>)] = []
        var coming: WriteRequest? = first
        let departures = Departures()
        while let request = coming {
            written.append((request, attempt(request, departures)))
            let isOpen = database.isInsideTransaction && !first.isAlone && written.count < Self.largest
            coming = isOpen && .now < end ? next() : nil
        }
        return conclusions(of: written, departures)
    }

    private func attempt(_ request: WriteRequest, _ departures: Departures) -> Result<Conclusion, any Error> {
        let noted = departures.tombstones.count
        return Result {
            var conclusion: Conclusion?
            do {
                try database.inSavepoint {
                    conclusion = try request.body(StoreTransaction(
                        database: database, departures: departures, slowQueries: slowQueries))
                    return .commit
                }
            } catch {
                departures.tombstones.removeSubrange(noted...)
                throw error
            }
            return conclusion ?? {}
        }
    }

    private func conclusions(
        of written: [(request: WriteRequest, result: Result<Conclusion, any Error>)], _ departures: Departures
    ) -> [Conclusion] {
        let isLost = !database.isInsideTransaction
        if let error = commit(departures) {
            guard written.count > 1, isLost || error.isBrokenRule else {
                return written.map { request, result in { request.fail(result.failure ?? error) } }
            }
            return written.flatMap { write($0.request) }
        }
        return written.map { request, result in
            switch result {
            case .success(let conclude): conclude
            case .failure(let error): { request.fail(error) }
            }
        }
    }

    /// Nil when everything is kept; otherwise nothing is.
    private func commit(_ departures: Departures) -> (any Error)? {
        do {
            try tombstones?.append(departures.tombstones)
            willCommit()
            try database.commit()
            return nil
        } catch {
            // What SQLite has not rolled back by itself; it says so when it has, and that is no error here.
            try? database.rollback()
            return error
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}

extension Error {
    /// Whether a commit was refused for what somebody has written, be it a tombstone, rather than for want of room or
    /// a working disk.
    fileprivate var isBrokenRule: Bool {
        (self as? DatabaseError)?.resultCode == .SQLITE_CONSTRAINT || self is StoreError
    }
}
