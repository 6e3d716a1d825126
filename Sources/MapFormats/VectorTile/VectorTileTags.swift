/// The tags of one feature of a vector tile (MVT 2.1, section 4.4), and the keys and values of its layer: these stand
/// once, and features point at them.
package struct VectorTileTags: ~Copyable {
    private(set) var keys = EncodedTable(field: 3)
    private(set) var values = EncodedTable(field: 4)
    /// Numbers of keys and of their values in turn, each as a varint.
    private(set) var packed = ProtocolBuffer()
    /// The keys of this feature and of the one before: neighbours mostly have the same in the same order.
    private var present: [UInt32] = []
    private var before: [UInt32] = []
    private var value = ProtocolBuffer()

    init() {}

    mutating func removeAll() {
        swap(&present, &before)
        present.removeAll(keepingCapacity: true)
        packed.removeAll()
    }

    /// A key that is there already keeps its first value, since a tile allows it once.
    package mutating func append(_ key: String, _ value: VectorTileValue) {
        self.value.removeAll()
        value.append(to: &self.value)
        takeValue(as: key)
    }

    package mutating func append(_ key: StaticString, _ value: VectorTileValue) {
        self.value.removeAll()
        value.append(to: &self.value)
        takeValue(as: key.bytes)
    }

    /// - Parameter text: in UTF-8.
    package mutating func append(_ key: StaticString, text: UnsafeRawBufferPointer) {
        value.removeAll()
        value.append(field: 1, message: text)
        takeValue(as: key.bytes)
    }

    /// The members of a JSON object, each as `VectorTileValue` has it, null left out.
    ///
    /// What is plain in the text, which is most of it, is copied; only the rest is read and written anew.
    /// - Parameters:
    ///   - text: an object as `JSONWriter` writes it, without white space.
    ///   - name: of a member that is left out.
    /// - Throws: `JSONError` for what is no such text.
    package mutating func append(
        membersOf text: UnsafeRawBufferPointer, except name: StaticString
    ) throws(JSONError) {
        var members = JSONMembers(text)
        while let member = try members.next() {
            value.removeAll()
            guard try VectorTileValue.append(json: member.value, to: &value) else { continue }
            if member.name.hasBackslash {
                guard case .string(let key) = try JSONParser.parse(member.name), key != name.description else {
                    continue
                }
                takeValue(as: key)
            } else {
                let key = UnsafeRawBufferPointer(rebasing: member.name[1..<(member.name.count - 1)])
                if !key.elementsEqual(name.bytes) { takeValue(as: key) }
            }
        }
    }

    private mutating func takeValue(as key: String) {
        var key = key
        key.withUTF8 { takeValue(as: UnsafeRawBufferPointer($0)) }
    }

    private mutating func takeValue(as key: UnsafeRawBufferPointer) {
        let number = number(of: key)
        guard !present.contains(number) else { return }
        present.append(number)
        packed.append(varint: UInt64(number))
        packed.append(varint: UInt64(values.number(of: value.bytes)))
    }

    private mutating func number(of key: UnsafeRawBufferPointer) -> UInt32 {
        if present.count < before.count, keys.holds(key, at: before[present.count]) { return before[present.count] }
        return keys.number(of: key)
    }
}

extension StaticString {
    /// - Precondition: more than one letter, since a single one has no address.
    fileprivate var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }
}
