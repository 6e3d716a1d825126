/// Some features of one snapshot, in an order.
///
/// What they point into is kept alive once for all of them and not by each: two processors that count references to
/// the same index take turns at it.
package struct FeatureList: RandomAccessCollection, Sendable {
    private struct Place {
        /// Among `indexes`.
        let index: UInt32
        let number: UInt32
    }

    private var indexes: [PackedIndex] = []
    private var places: [Place] = []

    /// Those features, in the same order.
    package init(_ features: [FeatureReference] = []) {
        places.reserveCapacity(features.count)
        for feature in features {
            if indexes.last !== feature.index { indexes.append(feature.index) }
            places.append(Place(index: UInt32(indexes.count - 1), number: UInt32(feature.number)))
        }
    }

    /// None yet, of some indexes.
    init(of indexes: [PackedIndex], room: Int) {
        self.indexes = indexes
        places.reserveCapacity(room)
    }

    /// - Parameter index: its place among the indexes.
    mutating func append(_ number: Int, ofIndex index: Int) {
        places.append(Place(index: UInt32(index), number: UInt32(number)))
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { places.count }

    package subscript(position: Int) -> FeatureReference {
        let place = places[position]
        return FeatureReference(index: indexes[Int(place.index)], number: Int(place.number))
    }

    /// How many bytes the GeoJSON of all has, with a comma between every two.
    package var textLength: Int {
        var length = Swift.max(0, count - 1)
        forEachRun { length += $0.texts.length(of: $1.lazy.map(\.number)) }
        return length
    }

    /// Writes the GeoJSON of all, with a comma between every two.
    /// - Parameter bytes: as many as `textLength` says, or more.
    package func copyTexts(to bytes: UnsafeMutableRawBufferPointer) {
        var end = 0
        forEachRun { end = $0.texts.copy($1.lazy.map(\.number), to: bytes, from: end) }
    }

    /// The same, with an ending of its own for each feature in place of its last byte, "}".
    /// - Parameters:
    ///   - bytes: as many as `textLength` says, or more, and `room` for each feature besides.
    ///   - room: the most bytes of an ending.
    ///   - ending: writes that of the feature at a place to the beginning of so many bytes, and answers with how
    ///     many it took.
    /// - Returns: how many bytes were written.
    package func copyTexts(
        to bytes: UnsafeMutableRawBufferPointer, endingsOf room: Int,
        ending: (_ place: Int, UnsafeMutableRawBufferPointer) -> Int
    ) -> Int {
        var (written, place) = (0, 0)
        forEachRun { index, places in
            written = index.texts.copy(places.lazy.map(\.number), to: bytes, from: written) { last in
                defer { place += 1 }
                return last + ending(place, UnsafeMutableRawBufferPointer(rebasing: bytes[last..<(last + room)]))
            }
        }
        return written
    }

    /// Neighbours of one index, all at once.
    @inline(__always)
    private func forEachRun(_ body: (PackedIndex, ArraySlice<Place>) -> Void) {
        var start = 0
        while start < places.count {
            let index = places[start].index
            let end = places[start...].firstIndex { $0.index != index } ?? places.count
            body(indexes[Int(index)], places[start..<end])
            start = end
        }
    }
}

extension FeatureList {
    /// Takes in features of another index, in the order of pages both, and keeps the first of all.
    /// - Parameter limit: how many to keep.
    mutating func merge(_ numbers: [UInt32], of index: PackedIndex, limit: Int) {
        guard !numbers.isEmpty else { return }
        indexes.append(index)
        let own = UInt32(indexes.count - 1)
        let others = places
        var (place, other) = (0, 0)
        places.removeAll(keepingCapacity: true)
        places.reserveCapacity(Swift.min(limit, others.count + numbers.count))
        while places.count < limit, place < numbers.count || other < others.count {
            if other == others.count || place < numbers.count && precedes(numbers[place], of: index, others[other]) {
                places.append(Place(index: own, number: numbers[place]))
                place += 1
            } else {
                places.append(others[other])
                other += 1
            }
        }
    }

    /// Without the last of them when there are more than so many.
    mutating func truncate(to limit: Int) {
        if places.count > limit { places.removeLast(places.count - limit) }
    }

    private func precedes(_ number: UInt32, of index: PackedIndex, _ other: Place) -> Bool {
        index.pageKey(Int(number)) < indexes[Int(other.index)].pageKey(Int(other.number))
    }
}
