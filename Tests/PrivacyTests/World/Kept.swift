import Synchronization

/// What is carried out of a world that has ended.
final class Kept<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    var value: Value? {
        get { kept.withLock { $0 } }
        set { kept.withLock { $0 = newValue } }
    }

    func require() throws -> Value {
        guard let value else { throw Nothing() }
        return value
    }

    struct Nothing: Error {}
}
