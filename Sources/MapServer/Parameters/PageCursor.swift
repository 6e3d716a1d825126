import Contributions
import Curation
import SpatialIndex

/// Where a page ended, as it travels in a `next` link: opaque, URL-safe, and made of published values only.
enum PageCursor: Equatable {
    case inOrder(PageKey)
    case byDistance(DistanceKey)
    case sorted(SortKey)

    private static let orderMark: UInt8 = 1
    private static let distanceMark: UInt8 = 2
    private static let sortMark: UInt8 = 3

    /// Base64url without padding, bound to the question whose page it is.
    func text(of question: Question) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        Self.append(question.mark, to: &bytes)
        switch self {
        case .inOrder(let key):
            bytes.append(PageCursor.orderMark)
            Self.append(key.hilbertKey, to: &bytes)
            Self.append(key.identifier, to: &bytes)
        case .byDistance(let key):
            bytes.append(PageCursor.distanceMark)
            Self.append(key.metres.bitPattern, to: &bytes)
            Self.append(key.identifier, to: &bytes)
        case .sorted(let key):
            bytes.append(PageCursor.sortMark)
            bytes += key.bytes
        }
        return Base64URL.text(of: bytes)
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Nil for anything that we have not written, or not for this question.
    init?(_ text: String, of question: Question) {
        guard let all = Base64URL.bytes(of: text), all.starts(with: question.bytes) else { return nil }
        let bytes = Array(all.dropFirst(question.bytes.count))
        if bytes.first == PageCursor.sortMark {
            guard let key = SortKey(bytes: bytes.dropFirst()) else { return nil }
            self = .sorted(key)
            return
        }
        guard bytes.count == 25 else { return nil }
        let first = bytes[1..<9].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let identifier = bytes[9..<25].reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        switch bytes[0] {
        case PageCursor.orderMark: self = .inOrder(PageKey(hilbertKey: first, identifier: identifier))
        case PageCursor.distanceMark:
            let metres = Double(bitPattern: first)
            guard metres.isFinite, metres >= 0 else { return nil }
            self = .byDistance(DistanceKey(metres: metres, identifier: identifier))
        default: return nil
        }
    }
}

extension PageCursor {
    /// What a selection was asked by: a page of one question is no page of another. How many features a page holds
    /// and how they are written is no part of it.
    struct Question: Equatable {
        fileprivate let mark: UInt32

        fileprivate var bytes: [UInt8] { withUnsafeBytes(of: mark.bigEndian) { Array($0) } }

        init(_ request: RouteRequest) {
            self.init(layer: request.captures["layer"] ?? "", request.parameters)
        }

        init(layer: String, _ parameters: QueryParameters) {
            var words: [UInt8] = []
            words.reserveCapacity(128)
            words.append(contentsOf: layer.utf8)
            var asked = parameters.values.filter { !Self.isManner($0.name) }
            if asked.count > 1 { asked.sort { $0.name < $1.name } }
            for (name, value) in asked {
                words.append(UInt8(ascii: "\n"))
                words.append(contentsOf: name.utf8)
                words.append(UInt8(ascii: "="))
                words.append(contentsOf: value.utf8)
            }
            let hash = ContentHash.of(words)
            mark = UInt32(truncatingIfNeeded: hash ^ hash >> 32)
        }

        private static func isManner(_ name: String) -> Bool {
            switch name {
            case "limit", "cursor", "f", "properties", "crs", "interface": true
            default: false
            }
        }
    }

    func order() throws(WebError) -> PageKey {
        guard case .inOrder(let key) = self else { throw Self.foreign }
        return key
    }

    func distance() throws(WebError) -> DistanceKey {
        guard case .byDistance(let key) = self else { throw Self.foreign }
        return key
    }

    func sorted(by order: FeatureOrder) throws(WebError) -> SortKey {
        guard case .sorted(let key) = self, key.order == order else { throw Self.foreign }
        return key
    }

    /// A cursor of another question: of another order than the one that is asked for.
    private static let foreign = WebError.invalidParameter("cursor", expected: Parameter.cursor.expected)
}
