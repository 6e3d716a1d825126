import Contributions
import Foundation
import MapFormats

/// Reads members of a body one by one and notes what is wrong with each, so that all is said at once.
struct MemberReading {
    private(set) var faults: [SubmissionFault] = []

    mutating func fail(_ pointer: String, _ problem: SubmissionFault.Problem) {
        faults.append(SubmissionFault(pointer, problem))
    }

    /// Nil for null and for what is no object, of which the second is noted, as is every member with another name.
    mutating func object(_ value: JSONValue, _ pointer: String, _ known: Set<String>) -> JSONObject? {
        guard case .object(let object) = value else {
            if value != .null { fail(pointer, .wrongType) }
            return nil
        }
        for member in object.members where !known.contains(member.name) {
            fail(SubmissionFault.pointer(toMember: member.name, of: pointer), .unknownMember)
        }
        return object
    }

    /// Nothing for null; `limit` items at most.
    mutating func list(_ value: JSONValue?, _ pointer: String, limit: Int) -> [JSONValue] {
        switch value {
        case nil, .null?: return []
        case .array(let items)? where items.count > limit:
            fail(pointer, .tooMany(found: items.count, limit: limit))
            return []
        case .array(let items)?: return items
        default:
            fail(pointer, .wrongType)
            return []
        }
    }

    /// A text that must be there.
    mutating func text(_ value: JSONValue?, _ pointer: String) -> String? {
        if let text = value?.text { return text }
        fail(pointer, value == nil ? .missing : .wrongType)
        return nil
    }

    /// Words for people; empty for null and for none.
    mutating func words(_ value: JSONValue?, _ pointer: String, limit: Int, isLine: Bool = false) -> String {
        guard let value, value != .null, let text = text(value, pointer) else { return "" }
        let tidy = text.replacing("\r\n", with: "\n").trimmed.precomposedStringWithCanonicalMapping
        if tidy.count > limit { fail(pointer, .tooLong(characters: tidy.count, limit: limit)) }
        if let fault = isLine ? PlainText.fault(inLine: tidy) : PlainText.fault(in: tidy) {
            fail(pointer, .init(fault))
        }
        return tidy
    }

    /// False for null and for none.
    mutating func flag(_ value: JSONValue?, _ pointer: String) -> Bool {
        switch value {
        case nil, .null?: return false
        case .boolean(let flag)?: return flag
        default:
            fail(pointer, .wrongType)
            return false
        }
    }
}
