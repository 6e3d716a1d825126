import Dispatch
package import MapGeometry
import Synchronization

/// Takes features one by one, in any order, and packs them: a million can stream through it from a
/// query without a million values being alive.
package struct PackedIndexBuilder {
    /// What has been appended, by position.
    struct Columns {
        var identifiers: [UInt128] = []
        var keys: [UInt64] = []
        var boxes: [BoundingBox] = []
        var kinds: [UInt8] = []
        var themes = ThemeSets()
        var themeSets: [UInt32] = []
        var times = FeatureTimes()
        var texts = FeatureTexts()
        var slots: [Int32] = []
        var shapes: [Geometry] = []
        var drawings: [TileGeometry?] = []
        var shapeSides: [UInt16] = []
        var shapeZooms: [Int8] = []
    }

    private var columns = Columns()

    /// - Parameter expectedCount: how many features will come, about; and how many bytes of text.
    package init(expectedCount: Int = 0, expectedTextBytes: Int = 0) {
        columns.identifiers.reserveCapacity(expectedCount)
        columns.keys.reserveCapacity(expectedCount)
        columns.boxes.reserveCapacity(expectedCount)
        columns.kinds.reserveCapacity(expectedCount)
        columns.themeSets.reserveCapacity(expectedCount)
        columns.slots.reserveCapacity(expectedCount)
        columns.texts.reserve(count: expectedCount, bytes: expectedTextBytes)
    }

    /// Adds a feature; its properties are as in `IndexedFeature`. The bytes of `text` are copied.
    ///
    /// Of several with one identifier the last is kept.
    /// - Parameter hilbertKey: of the middle of the geometry's box, from whoever has worked it out before.
    package mutating func append(
        identifier: UInt128, geometry: Geometry?, hilbertKey: UInt64? = nil, cellSide: GridCell.Side? = nil,
        kind: UInt8, themes: [UInt32], time: ClosedRange<Int64>?, text: UnsafeRawBufferPointer, propertiesOffset: Int
    ) {
        let box = geometry?.boundingBox
        let key =
            box.map { hilbertKey ?? WebMercator.hilbertKey(of: $0.centre) } ?? WebMercator.keyOutside
        append(identifier: identifier, key: key, box: box, geometry: geometry, cellSide: cellSide)
        columns.kinds.append(kind)
        columns.themeSets.append(columns.themes.number(of: themes))
        columns.times.append(time, count: columns.kinds.count - 1)
        columns.texts.append(text, propertiesOffset: propertiesOffset)
    }

    package mutating func append(_ feature: IndexedFeature) {
        feature.text.withUnsafeBytes { text in
            append(
                identifier: feature.identifier, geometry: feature.geometry, cellSide: feature.cellSide,
                kind: feature.kind, themes: feature.themes, time: feature.time, text: text,
                propertiesOffset: feature.propertiesOffset)
        }
    }

    /// Adds a feature that is packed already.
    mutating func append(_ number: Int, of index: PackedIndex) {
        let box = index.isPlaced(number) ? index.tree.boxes[number] : nil
        append(
            identifier: index.identifiers[number], key: index.keys[number], box: box,
            geometry: index.geometry(number), cellSide: index.cellSide(number), drawing: index.drawing(number))
        columns.kinds.append(index.kinds[number])
        let set = index.themeSets[number]
        columns.themeSets.append(set == 0 ? 0 : columns.themes.number(of: index.themes.numbers(ofSet: set)))
        columns.times.append(index.times.range(number), count: columns.kinds.count - 1)
        index.texts.withText(number) { columns.texts.append($0, propertiesOffset: $1) }
    }

    package consuming func build() -> PackedIndex {
        let columns = columns
        var (byIdentifier, order) = Self.bothOrders(columns.identifiers, columns.keys)
        if byIdentifier.count < order.count {
            let kept = Set(byIdentifier)
            order.removeAll { !kept.contains($0) }
        }
        var numbers = [UInt32](repeating: 0, count: columns.keys.count)
        for (number, position) in order.enumerated() { numbers[Int(position)] = UInt32(number) }
        return PackedIndex(columns, order: order, byIdentifier: numbers.gathered(byIdentifier))
    }

    private mutating func append(
        identifier: UInt128, key: UInt64, box: BoundingBox?, geometry: Geometry?, cellSide: GridCell.Side?,
        drawing: TileGeometry? = nil
    ) {
        columns.identifiers.append(identifier)
        columns.keys.append(key)
        columns.boxes.append(box ?? PackedTree.nowhere)
        switch geometry {
        case nil: columns.slots.append(PackedIndex.Slot.none)
        case .point: columns.slots.append(PackedIndex.Slot.point)
        case let shape?:
            columns.slots.append(Int32(columns.shapes.count))
            columns.shapes.append(shape)
            columns.drawings.append(drawing ?? Self.drawing(of: shape))
            columns.shapeSides.append(UInt16(cellSide?.metres ?? 0))
            columns.shapeZooms.append(box.map(Self.lastPointLikeZoom) ?? -1)
        }
    }

    /// Of a shape of few positions nothing is kept: it is made ready as fast as it is found.
    private static func drawing(of shape: Geometry) -> TileGeometry? {
        shape.hasPositions(atLeast: TileGeometry.worthwhileCount) ? TileGeometry(shape) : nil
    }

    /// The last zoom at which a box's longer side is less than 4 of the 4096 units of a tile; −1 for none.
    private static func lastPointLikeZoom(_ box: BoundingBox) -> Int8 {
        let northWest = WebMercator.project(Coordinate(clampingLongitude: box.west, latitude: box.north))
        let southEast = WebMercator.project(Coordinate(clampingLongitude: box.east, latitude: box.south))
        let side = max(southEast.x - northWest.x, southEast.y - northWest.y)
        var zoom: Int8 = -1
        while zoom < TileAddress.zooms.upperBound, side * Double(1 << (Int(zoom) + 1)) < 4.0 / 4096 { zoom += 1 }
        return zoom
    }

    /// Positions by identifier, and by key: each by a thread of its own where there are many.
    private static func bothOrders(_ identifiers: [UInt128], _ keys: [UInt64]) -> ([UInt32], [UInt32]) {
        let orders = Mutex<[Int: [UInt32]]>([:])
        @Sendable func sort(_ which: Int) {
            let order =
                which == 0
                ? orderByIdentifier(identifiers) : sortedOrder(of: keys) { identifiers[$0] < identifiers[$1] }
            orders.withLock { $0[which] = order }
        }
        if keys.count < 50_000 {
            for which in 0..<2 { sort(which) }
        } else {
            DispatchQueue.concurrentPerform(iterations: 2, execute: sort)
        }
        return orders.withLock { ($0[0] ?? [], $0[1] ?? []) }
    }

    /// Positions by identifier; of equal ones only the last.
    private static func orderByIdentifier(_ identifiers: [UInt128]) -> [UInt32] {
        let leading = identifiers.map { UInt64(truncatingIfNeeded: $0 >> 64) }
        let order = sortedOrder(of: leading) { a, b in
            identifiers[a] != identifiers[b] ? identifiers[a] < identifiers[b] : a < b
        }
        let isRepeated = zip(order, order.dropFirst()).contains { identifiers[Int($0)] == identifiers[Int($1)] }
        guard isRepeated else { return order }
        return order.enumerated().filter { place, position in
            place + 1 == order.count || identifiers[Int(position)] != identifiers[Int(order[place + 1])]
        }.map(\.element)
    }
}
