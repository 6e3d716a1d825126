extension PackedIndex {
    /// Some of these features, packed as if there had never been others. Their texts and shapes stay where they are
    /// and are shared: a part of a million features costs a fraction of what they do.
    /// - Parameter numbers: ascending, each once.
    func part(_ numbers: [UInt32]) -> PackedIndex {
        var renumbered = [UInt32](repeating: .max, count: count)
        for (number, old) in numbers.enumerated() { renumbered[Int(old)] = UInt32(number) }
        return PackedIndex(
            columns, order: numbers, byIdentifier: numbersByIdentifier(renumbered), sharesTexts: true)
    }

    private func numbersByIdentifier(_ renumbered: [UInt32]) -> [UInt32] {
        byIdentifier.numbers.compactMap { old in
            let number = renumbered[Int(old)]
            return number == .max ? nil : number
        }
    }

    private var columns: PackedIndexBuilder.Columns {
        PackedIndexBuilder.Columns(
            identifiers: identifiers, keys: keys, boxes: tree.boxes, kinds: kinds, themes: themes,
            themeSets: themeSets, times: times, texts: texts, slots: slots, shapes: shapes, drawings: drawings,
            shapeSides: shapeSides, shapeZooms: shapeZooms)
    }
}
