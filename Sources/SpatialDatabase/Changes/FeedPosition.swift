package import Contributions

/// A row of the change feed, and by whose id it is known again: after a backup was restored, others have its number.
package struct FeedMark: Equatable, Sendable {
    package let sequence: Int64
    /// The first eight bytes of the id in that row.
    package let token: UInt64

    package init(sequence: Int64, token: UInt64) {
        self.sequence = sequence
        self.token = token
    }

    /// Before the first change of a layer.
    package static let beginning = FeedMark(sequence: 0, token: 0)
}

/// How far somebody has read who keeps a copy of a layer.
package enum FeedPosition: Equatable, Sendable {
    /// In what is public, in the order of pages: a copy that begins. What changes meanwhile is read from `mark` on.
    case all(mark: FeedMark, afterKey: UInt64, afterIdentifier: PublicIdentifier)
    /// Everything up to `mark` is known.
    case since(mark: FeedMark)
    /// In what has changed between two marks, in the order of ids, which are random.
    case between(mark: FeedMark, end: FeedMark, after: PublicIdentifier)
}

/// A part of what somebody must do whose copy is to be true.
package struct FeedPage: Equatable, Sendable {
    package private(set) var added: [PublicIdentifier] = []
    package private(set) var changed: [PublicIdentifier] = []
    /// Not public any more, though they once were.
    package private(set) var withdrawn: [PublicIdentifier] = []
    /// From where to go on.
    package private(set) var next: FeedPosition
    /// Whether there is more to be read at once.
    package private(set) var hasMore = false

    init(next: FeedPosition) {
        self.next = next
    }

    mutating func add(_ identifier: PublicIdentifier) { added.append(identifier) }

    mutating func note(_ identifier: PublicIdentifier, isPublic: Bool, wasKnown: Bool) {
        switch (isPublic, wasKnown) {
        case (true, false): added.append(identifier)
        case (true, true): changed.append(identifier)
        case (false, _): withdrawn.append(identifier)
        }
    }

    mutating func goesOn(at position: FeedPosition) {
        next = position
        hasMore = true
    }
}
