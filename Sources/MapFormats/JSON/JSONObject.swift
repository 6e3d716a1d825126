/// The members of a JSON object in the order in which they were written.
///
/// A name stands once: written again it keeps its first place and takes the last value (RFC 8259,
/// section 4, leaves that open; this is what most readers do). Names compare as Swift strings do, so
/// the two Unicode spellings of "é" are one name. Two objects are equal whatever the order.
package struct JSONObject: Sendable {
    package struct Member: Equatable, Sendable {
        package let name: String
        package fileprivate(set) var value: JSONValue
    }

    package private(set) var members: [Member] = []
    /// Where each name stands. Only kept for objects so large that looking through them would be slow:
    /// without it a hostile object of many names would cost the square of its length.
    private var places: [String: Int]?

    private static let membersWithoutPlaces = 16

    package init() {}

    package init(_ members: some Sequence<(String, JSONValue)>) {
        for (name, value) in members { self[name] = value }
    }

    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }

    /// The value of a member, nil when there is none. Setting nil takes the member out.
    package subscript(name: String) -> JSONValue? {
        get { place(of: name).map { members[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    private func place(of name: String) -> Int? {
        if let places { return places[name] }
        return members.firstIndex { $0.name == name }
    }

    private mutating func append(_ member: Member) {
        places?[member.name] = members.count
        members.append(member)
        if places == nil, members.count > JSONObject.membersWithoutPlaces { rebuildPlaces() }
    }

    private mutating func remove(at place: Int) {
        members.remove(at: place)
        if places != nil { rebuildPlaces() }
    }

    private mutating func rebuildPlaces() {
        places = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.name, $0) })
    }
}

extension JSONObject: Equatable {
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.name] == $0.value }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}
