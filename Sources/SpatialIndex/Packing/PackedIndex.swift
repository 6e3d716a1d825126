import MapGeometry

/// Published features of one layer, packed for reading; made by `PackedIndexBuilder`, never changed.
///
/// Features are numbered in the order of pages, by Hilbert key and then by identifier; every property
/// is an array by that number. Those that tiles cannot show come last.
package final class PackedIndex: Sendable {
    let identifiers: [UInt128]
    let keys: [UInt64]
    let kinds: [UInt8]
    let themes: ThemeSets
    let themeSets: [UInt32]
    /// By number of a set of themes, how many features have it.
    let themeSetCounts: [UInt32]
    let times: FeatureTimes
    let texts: FeatureTexts
    let tree: PackedTree
    /// For a shape, its place in `shapes`; otherwise `Slot.point` or `Slot.none`.
    let slots: [Int32]
    let shapes: [Geometry]
    /// By place in `shapes`: the shape made ready for tiles; nil for one of few positions.
    let drawings: [TileGeometry?]
    /// By place in `shapes`: metres of the side of the cell whose outline it is; 0 for any other.
    let shapeSides: [UInt16]
    /// By place in `shapes`: the last zoom at which it stands as a point.
    let shapeZooms: [Int8]
    /// Of the features that stand somewhere.
    let dimensions: DimensionCounts
    /// Numbers of the features that stand nowhere, ascending.
    let unplaced: [UInt32]
    /// The points, then the shapes by the last zoom at which they stand as points.
    let groups: [PointLikeGroup]
    let byIdentifier: IdentifierOrder

    enum Slot {
        static let point: Int32 = -1
        static let none: Int32 = -2
    }

    /// - Parameter order: positions in `columns` in the order of pages.
    /// - Parameter byIdentifier: new numbers in the order of identifiers.
    /// - Parameter sharesTexts: whether the texts stay where they are, since another index has them too.
    init(
        _ columns: PackedIndexBuilder.Columns, order: [UInt32], byIdentifier: [UInt32], sharesTexts: Bool = false
    ) {
        identifiers = columns.identifiers.gathered(order)
        keys = columns.keys.gathered(order)
        kinds = columns.kinds.gathered(order)
        themes = columns.themes
        themeSets = columns.themeSets.gathered(order)
        times = columns.times.gathered(order)
        texts = sharesTexts ? columns.texts.renumbered(order) : columns.texts.gathered(order)
        let boxes = columns.boxes.gathered(order, capacity: PackedTree.nodeCount(leaves: order.count))
        tree = PackedTree(leaves: boxes)
        slots = columns.slots.gathered(order)
        shapes = columns.shapes
        drawings = columns.drawings
        shapeSides = columns.shapeSides
        shapeZooms = columns.shapeZooms
        self.byIdentifier = IdentifierOrder(byIdentifier, of: identifiers)
        let leaves = tree.boxes
        unplaced = (0..<UInt32(order.count)).filter { leaves[Int($0)].west > leaves[Int($0)].east }
        groups = Self.groups(slots: slots, shapeZooms: shapeZooms, keys: keys, boxes: leaves)
        themeSetCounts = themeSets.reduce(into: Array(repeating: 0, count: themes.count)) { $0[Int($1)] += 1 }
        dimensions = slots.enumerated().reduce(into: DimensionCounts()) { [shapes] counts, feature in
            guard leaves[feature.offset].west <= leaves[feature.offset].east else { return }
            counts.add(feature.element == Slot.point ? 0 : shapes[Int(feature.element)].dimension)
        }
    }

    package var count: Int { identifiers.count }

    /// The number of the feature with a public id.
    func number(of identifier: UInt128) -> Int? {
        byIdentifier.number(of: identifier, among: identifiers)
    }

    func pageKey(_ number: Int) -> PageKey {
        PageKey(hilbertKey: keys[number], identifier: identifiers[number])
    }

    /// How many features come before a place in the order of pages, itself included when it is here.
    func count(through key: PageKey) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if key < pageKey(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    func isPlaced(_ number: Int) -> Bool {
        let box = tree.boxes[number]
        return box.west <= box.east
    }

    func geometry(_ number: Int) -> Geometry? {
        switch slots[number] {
        case Slot.none: nil
        case Slot.point:
            .point(Coordinate(clampingLongitude: tree.boxes[number].west, latitude: tree.boxes[number].south))
        case let slot: shapes[Int(slot)]
        }
    }

    /// A shape of many positions as tiles draw it.
    func drawing(_ number: Int) -> TileGeometry? {
        let slot = slots[number]
        return slot < 0 ? nil : drawings[Int(slot)]
    }

    /// Of the cell as which a feature shows; nil for one that does not show as a cell.
    func cellSide(_ number: Int) -> GridCell.Side? {
        let slot = slots[number]
        return slot < 0 ? nil : GridCell.Side(rawValue: Int(shapeSides[Int(slot)]))
    }

    /// The dimension of a placed feature; nil when its parts differ.
    func dimension(_ number: Int) -> Int? {
        slots[number] == Slot.point ? 0 : shapes[Int(slots[number])].dimension
    }

    /// The last zoom at which a placed feature stands as a point.
    func lastPointLikeZoom(_ number: Int) -> Int {
        let slot = slots[number]
        return slot < 0 ? PointLikeGroup.everyZoom : Int(shapeZooms[Int(slot)])
    }

    /// The place in `groups` of a feature; nil for one that stands nowhere.
    func group(_ number: Int) -> Int? {
        guard isPlaced(number) else { return nil }
        let zoom = lastPointLikeZoom(number)
        return groups.firstIndex { $0.lastZoom == zoom }
    }

    private static func groups(
        slots: [Int32], shapeZooms: [Int8], keys: [UInt64], boxes: [BoundingBox]
    ) -> [PointLikeGroup] {
        var points: [UInt32] = []
        points.reserveCapacity(slots.count)
        var shapes: [Int8: [UInt32]] = [:]
        for (number, slot) in slots.enumerated() {
            if slot == Slot.point {
                points.append(UInt32(number))
            } else if slot >= 0, boxes[number].west <= boxes[number].east {
                shapes[shapeZooms[Int(slot)], default: []].append(UInt32(number))
            }
        }
        let members = [(PointLikeGroup.everyZoom, points)] + shapes.sorted { $0.key < $1.key }.map { (Int($0), $1) }
        return members.map { PointLikeGroup(lastZoom: $0, numbers: $1, keys: keys, boxes: boxes) }
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first position whose element is not `before`, in a collection where those that are come first.
    @inline(__always)
    func partitionPoint(_ before: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if before(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
