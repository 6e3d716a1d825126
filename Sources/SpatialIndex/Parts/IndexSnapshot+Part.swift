import Foundation

extension IndexSnapshot {
    /// Those features that `isIn`: what is in the base shares its texts, what was written since is copied.
    func part(where isIn: (FeatureReference) -> Bool) -> [IndexSegment] {
        guard let base = segments.first else { return [] }
        var numbers: [UInt32] = []
        for number in 0..<base.index.count where !base.isRemoved(number) && isIn(base.reference(number)) {
            numbers.append(UInt32(number))
        }
        var rest = PackedIndexBuilder()
        for segment in segments.dropFirst() {
            for number in 0..<segment.index.count
            where !segment.isRemoved(number) && isIn(segment.reference(number)) {
                rest.append(number, of: segment.index)
            }
        }
        return [IndexSegment(base.index.part(numbers))] + [IndexSegment(rest.build())].filter { $0.count > 0 }
    }

    /// Exactly these features, byte by byte, with the texts of `whole` in the place of equal ones of their own.
    ///
    /// What `whole` shows otherwise by now, or not any more, is copied as it is here.
    func sharing(_ whole: IndexSnapshot) -> [IndexSegment] {
        guard let base = whole.segments.first else { return segments }
        var isShared = [Bool](repeating: false, count: base.index.count)
        var rest = PackedIndexBuilder()
        for segment in segments {
            for number in 0..<segment.index.count where !segment.isRemoved(number) {
                if let there = base.number(of: segment.index.identifiers[number]),
                    base.index.isSame(there, as: number, of: segment.index)
                {
                    isShared[there] = true
                } else {
                    rest.append(number, of: segment.index)
                }
            }
        }
        let numbers = isShared.indices.filter { isShared[$0] }.map(UInt32.init)
        return [IndexSegment(base.index.part(numbers))] + [IndexSegment(rest.build())].filter { $0.count > 0 }
    }
}

extension PackedIndex {
    /// Whether two features are the same in everything that is asked about or sent.
    fileprivate func isSame(_ number: Int, as other: Int, of index: PackedIndex) -> Bool {
        keys[number] == index.keys[other] && kinds[number] == index.kinds[other]
            && hasSameText(number, as: other, of: index) && tree.boxes[number] == index.tree.boxes[other]
            && times.range(number) == index.times.range(other) && cellSide(number) == index.cellSide(other)
            && themes.numbers(ofSet: themeSets[number]) == index.themes.numbers(ofSet: index.themeSets[other])
            && geometry(number) == index.geometry(other)
    }

    private func hasSameText(_ number: Int, as other: Int, of index: PackedIndex) -> Bool {
        texts.withText(number) { mine, offset in
            let length = mine.count
            return index.texts.withText(other) { theirs, otherOffset in
                guard offset == otherOffset, length == theirs.count else { return false }
                guard let mine = mine.baseAddress, let theirs = theirs.baseAddress else { return true }
                return memcmp(mine, theirs, length) == 0
            }
        }
    }
}
