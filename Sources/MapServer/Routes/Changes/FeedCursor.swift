import Contributions
import SpatialDatabase

/// A position in the change feed of one layer, as it travels in `since`: sealed, so that it tells nobody how much is
/// published, or changed, in this layer or another.
enum FeedCursor {
    private static let allMark: UInt8 = 1
    private static let sinceMark: UInt8 = 2
    private static let betweenMark: UInt8 = 3

    static func text(of position: FeedPosition, in layer: LayerIdentifier, _ key: InstanceKey) -> String {
        Base64URL.text(of: key.sealed(bytes(of: position), for: context(layer)))
    }

    /// Nil for anything that this instance has not written for this layer.
    static func position(_ text: String, in layer: LayerIdentifier, _ key: InstanceKey) -> FeedPosition? {
        guard let sealed = Base64URL.bytes(of: text), let bytes = key.opened(sealed, for: context(layer)) else {
            return nil
        }
        var rest = bytes.dropFirst()
        switch bytes.first {
        case allMark:
            guard let mark = takeMark(&rest), let afterKey = takeNumber(&rest), let last = identifier(rest) else {
                return nil
            }
            return .all(mark: mark, afterKey: afterKey, afterIdentifier: last)
        case sinceMark:
            guard let mark = takeMark(&rest), rest.isEmpty else { return nil }
            return .since(mark: mark)
        case betweenMark:
            guard let mark = takeMark(&rest), let end = takeMark(&rest), let last = identifier(rest) else { return nil }
            return .between(mark: mark, end: end, after: last)
        default: return nil
        }
    }

    private static func context(_ layer: LayerIdentifier) -> String { "changes/\(layer.text)" }

    private static func bytes(of position: FeedPosition) -> [UInt8] {
        switch position {
        case .all(let mark, let key, let last): [allMark] + bytes(of: mark) + bytes(of: key) + last.bytes
        case .since(let mark): [sinceMark] + bytes(of: mark)
        case .between(let mark, let end, let last):
            [betweenMark] + bytes(of: mark) + bytes(of: end) + last.bytes
        }
    }

    private static func bytes(of mark: FeedMark) -> [UInt8] {
        bytes(of: UInt64(bitPattern: mark.sequence)) + bytes(of: mark.token)
    }

    private static func bytes(of number: UInt64) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }

    private static func takeMark(_ rest: inout ArraySlice<UInt8>) -> FeedMark? {
        guard let sequence = takeNumber(&rest), let token = takeNumber(&rest) else { return nil }
        return FeedMark(sequence: Int64(bitPattern: sequence), token: token)
    }

    private static func takeNumber(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        guard rest.count >= 8 else { return nil }
        defer { rest = rest.dropFirst(8) }
        return rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func identifier(_ rest: ArraySlice<UInt8>) -> PublicIdentifier? {
        PublicIdentifier(bytes: Array(rest))
    }
}
