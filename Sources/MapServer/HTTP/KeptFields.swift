import HTTPTypes
import Synchronization

/// Fields of answers that an address alone makes, such as links: kept as they were made, since making them costs more
/// than finding them, and the same are asked for again.
final class KeptFields: Sendable {
    struct Key: Hashable {
        /// The address of the service, as who asks knows it.
        let root: String
        let path: String
    }

    private let kept = Mutex<[Key: HTTPFields]>([:])
    private let most: Int

    /// - Parameter most: after so many keys all are forgotten; whoever asks may call us by any name.
    init(most: Int) { self.most = most }

    func fields(for key: Key, make: () -> HTTPFields) -> HTTPFields {
        if let fields = kept.withLock({ $0[key] }) { return fields }
        let fields = make()
        kept.withLock { kept in
            if kept.count >= most { kept.removeAll() }
            kept[key] = fields
        }
        return fields
    }
}
