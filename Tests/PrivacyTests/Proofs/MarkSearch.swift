/// Looks for many short runs of bytes at once.
struct MarkSearch {
    /// Which runs of three bytes begin a mark.
    private var begins = [Bool](repeating: false, count: 1 << 24)
    private var marks: [Int: [[UInt8]]] = [:]

    /// - Parameter marks: of three bytes at least.
    init(_ marks: [[UInt8]]) {
        for mark in marks where mark.count >= 3 {
            let key = Int(mark[0]) << 16 | Int(mark[1]) << 8 | Int(mark[2])
            begins[key] = true
            self.marks[key, default: []].append(mark)
        }
    }

    func findsAny(in bytes: [UInt8]) -> Bool {
        begins.withUnsafeBufferPointer { begins in
            bytes.withUnsafeBufferPointer { bytes in
                var key = 0
                for place in bytes.indices {
                    key = (key << 8 | Int(bytes[place])) & 0xFF_FFFF
                    if begins[key], place >= 2, isMark(key, bytes, from: place - 2) { return true }
                }
                return false
            }
        }
    }

    private func isMark(_ key: Int, _ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        marks[key]?.contains { mark in
            start + mark.count <= bytes.count && bytes[start..<(start + mark.count)].elementsEqual(mark)
        } ?? false
    }
}
