package import MapGeometry

extension IndexSnapshot {
    /// The features nearest to a place, in the order of distance and then of identifier.
    ///
    /// Features that stand nowhere are absent. What `metres` answers must never be less than the
    /// geodesic distance on WGS 84, of which `GeodesicBound` is a lower bound, and for a point no more than a hundredth
    /// and a metre above it, so that what lies too far away is not looked at. The distance of a cell is that rounded up
    /// to a multiple of its side, which leaves the bound below it.
    ///
    /// Source: G. R. Hjaltason and H. Samet, "Distance browsing in spatial databases", ACM TODS 24(2), 1999.
    /// - Parameter radius: in metres; what lies exactly there belongs to it.
    /// - Parameter key: where the page before ended.
    /// - Parameter metres: the exact distance from `place`; asked only for features that may come next, and
    ///   hardly any points besides.
    package func nearest(
        to place: Coordinate, limit: Int, radius: Double? = nil, matching filter: FeatureFilter = .all,
        after key: DistanceKey? = nil, metres: (Geometry) -> Double
    ) -> NearestPage {
        // One more than asked for tells whether there are more.
        var search = NearestSearch(
            selections(filter), from: place, radius: radius ?? .infinity, after: key,
            enough: SufficientDistance(for: limit < .max ? limit + 1 : 0))
        var page = NearestPage(of: search.indexes, room: min(limit, 128))
        while limit > 0 {
            // Measuring the next one only to learn that there is one would be a pity.
            page.hasMore = page.metres.count == limit && search.surelyHasMore
            if page.hasMore { break }
            guard let next = search.next(metres) else { break }
            page.hasMore = page.metres.count == limit
            if page.hasMore { break }
            page.append(next.node, ofIndex: next.selection, metres: next.metres)
        }
        return page
    }
}

/// Opens nodes and measures features in the order of the least distance that they can have.
private struct NearestSearch: ~Copyable {
    private let selections: [Selection]
    /// Of the selections.
    let indexes: [PackedIndex]
    private let bound: GeodesicBound
    private let radius: Double
    private let key: DistanceKey?
    private var enough: SufficientDistance
    /// The least of the radius and of what is enough; finite, since what stands nowhere is infinitely far away.
    private var reach: Double
    /// How many times its bound a point may lie away by the exact distance, and how many metres besides.
    private let greatestStretch: Double
    private let greatestBesides: Double
    private var queue: NearestQueue
    /// Points near by that are neither measured nor sent away: most of them turn out to lie beyond the reach, and cost
    /// no place in the queue. In use only where all are points of which few are wanted, so that there is such a reach.
    private var points = NearestPile(capacity: 256)
    private let gathersPoints: Bool
    /// The last point measured: many features may stand at one place.
    private var lastPoint: (place: Coordinate, metres: Double)?

    /// How far above the geodesic distance the exact one of a point may be: a factor, and metres on top.
    private static let tolerance = (factor: 1.01, metres: 1.0)

    init(
        _ selections: [Selection], from place: Coordinate, radius: Double, after key: DistanceKey?,
        enough: SufficientDistance
    ) {
        self.selections = selections
        self.radius = radius
        self.key = key
        self.enough = enough
        indexes = selections.map { $0.index }
        queue = NearestQueue(of: indexes)
        gathersPoints = enough.isWatched && indexes.allSatisfy { $0.shapes.isEmpty }
        bound = GeodesicBound(from: place)
        reach = min(radius, enough.metres, .greatestFiniteMagnitude)
        greatestStretch = bound.greatestStretch * Self.tolerance.factor
        greatestBesides = GeodesicBound.slack * greatestStretch + Self.tolerance.metres
        for (number, selection) in selections.enumerated() {
            let tree = selection.index.tree
            if let candidates = selection.candidates {
                for candidate in candidates { push(Int(candidate), level: 0, at: tree.boxes[Int(candidate)], number) }
            } else if tree.top > 0 || selection.admits(0), let root = tree.boxes.last {
                push(0, level: tree.top, at: root, number)
            }
        }
    }

    /// Whether the queue holds a feature, which, without a radius, is one of the answer: what has not been given out
    /// lies no nearer than what has, and behind it when it is as near.
    var surelyHasMore: Bool { radius == .infinity && queue.holdsFeature }

    /// The next feature, measured.
    mutating func next(_ metres: (Geometry) -> Double) -> NearestQueue.Entry? {
        while true {
            guard let nearest = queue.pop() else {
                if points.isEmpty { return nil }
                measurePoints(metres)
                continue
            }
            if nearest.level > 0 {
                visit(nearest)
            } else if !points.isEmpty {
                // One of them may be nearer.
                queue.push(nearest)
                measurePoints(metres)
            } else if !nearest.isMeasured {
                visit(nearest, metres)
            } else if !isBefore(nearest) {
                return nearest
            }
        }
    }

    /// Whether the page before had a measured feature already.
    private func isBefore(_ entry: NearestQueue.Entry) -> Bool {
        guard let key else { return false }
        return DistanceKey(metres: entry.metres, identifier: queue.identifier(of: entry)) <= key
    }

    /// Opens a node, or makes its bound better.
    private mutating func visit(_ node: NearestQueue.Entry) {
        // It was put in when the reach was longer.
        guard node.metres <= reach else { return }
        let selection = selections[node.selection]
        if node.isRough { refine(node, in: selection) } else { open(node, in: selection) }
    }

    /// Measures a feature, or makes its bound better.
    private mutating func visit(_ feature: NearestQueue.Entry, _ metres: (Geometry) -> Double) {
        let selection = selections[feature.selection]
        if feature.isRough { refine(feature, in: selection) } else { measure(feature, in: selection, metres) }
    }

    private mutating func push(_ node: Int, level: Int, at box: BoundingBox, _ selection: Int) {
        let (metres, isRough) = bound.quickMetres(to: box)
        guard metres <= reach else { return }
        let entry = NearestQueue.Entry(
            metres: metres, selection: selection, level: level, node: node, isRough: isRough)
        if level == 0, !isRough, selections[selection].index.slots[node] == PackedIndex.Slot.point {
            pushPoint(entry)
        } else {
            queue.push(entry)
        }
    }

    private mutating func open(_ entry: NearestQueue.Entry, in selection: Selection) {
        let tree = selection.index.tree
        let level = entry.level - 1
        let children = tree.children(level: entry.level, index: entry.node)
        let first = tree.levelStarts[level] + children.lowerBound
        tree.boxes.withUnsafeBufferPointer { all in
            let boxes = UnsafeBufferPointer(rebasing: all[first..<(first + children.count)])
            withUnsafeTemporaryAllocation(of: Double.self, capacity: PackedTree.fanOut) { room in
                let metres = UnsafeMutableBufferPointer(rebasing: room[..<boxes.count])
                bound.quickMetres(to: boxes, into: metres)
                if level > 0 {
                    push(metres, of: children, level: level, entry.selection)
                } else {
                    push(metres, ofFeatures: children, in: selection, entry.selection)
                }
            }
        }
    }

    /// - Parameter metres: of neighbours on one level; those that are rough with their sign turned.
    @inline(__always)
    private mutating func push(
        _ metres: UnsafeMutableBufferPointer<Double>, of nodes: Range<Int>, level: Int, _ selection: Int
    ) {
        for place in metres.indices where metres[place].magnitude <= reach {
            queue.push(
                .init(
                    metres: metres[place].magnitude, selection: selection, level: level,
                    node: nodes.lowerBound + place, isRough: metres[place].sign == .minus))
        }
    }

    /// The same for features, of which only what is selected comes in.
    @inline(__always)
    private mutating func push(
        _ metres: UnsafeMutableBufferPointer<Double>, ofFeatures features: Range<Int>, in selection: Selection,
        _ number: Int
    ) {
        let admitsAll = selection.admitsAll
        selection.index.slots.withUnsafeBufferPointer { slots in
            for place in metres.indices where metres[place].magnitude <= reach {
                let (feature, isRough) = (features.lowerBound + place, metres[place].sign == .minus)
                guard admitsAll || selection.admits(feature) else { continue }
                let entry = NearestQueue.Entry(
                    metres: metres[place].magnitude, selection: number, level: 0, node: feature, isRough: isRough)
                // Where all are points, that need not be looked up elsewhere in memory.
                let isPoint = gathersPoints || slots[feature] == PackedIndex.Slot.point
                if !isRough, isPoint { pushPoint(entry) } else { queue.push(entry) }
            }
        }
    }

    /// Puts in a point near by, and takes in how far away it is at most when it is behind the page before.
    @inline(__always)
    private mutating func pushPoint(_ point: NearestQueue.Entry) {
        if gathersPoints { points.append(point) } else { queue.push(point) }
        if let key, point.metres <= key.metres { return }
        let most = point.metres * greatestStretch + greatestBesides
        guard most <= radius, most < enough.metres else { return }
        enough.note(atMost: most)
        reach = min(reach, enough.metres)
    }

    private mutating func pushFar(_ node: Int, level: Int, at box: BoundingBox, _ selection: Int) {
        let isPoint = box.west == box.east && box.south == box.north
        let least =
            isPoint
            ? bound.metres(to: Coordinate(clampingLongitude: box.west, latitude: box.south))
            : bound.metres(to: box)
        guard least <= reach else { return }
        queue.push(.init(metres: least, selection: selection, level: level, node: node))
    }

    /// Puts a node that is far away back by its true bound: most of them never come up, and cost no sines.
    private mutating func refine(_ entry: NearestQueue.Entry, in selection: Selection) {
        let tree = selection.index.tree
        let box = tree.boxes[tree.levelStarts[entry.level] + entry.node]
        pushFar(entry.node, level: entry.level, at: box, entry.selection)
    }

    private mutating func measure(
        _ entry: NearestQueue.Entry, in selection: Selection, _ metres: (Geometry) -> Double
    ) {
        guard let geometry = selection.index.geometry(entry.node) else { return }
        guard case .point(let place) = geometry else {
            let exact = metres(geometry)
            return putBack(entry, at: selection.index.cellSide(entry.node)?.distance(roundingUp: exact) ?? exact)
        }
        putBack(entry, at: distance(to: place, metres))
    }

    /// Measures the points put aside, of one index after another.
    private mutating func measurePoints(_ metres: (Geometry) -> Double) {
        for (number, index) in indexes.enumerated() {
            index.tree.boxes.withUnsafeBufferPointer { boxes in
                for place in 0..<points.count where points[place].metres <= reach && points[place].selection == number {
                    let box = boxes[points[place].node]
                    let position = Coordinate(clampingLongitude: box.west, latitude: box.south)
                    putBack(points[place], at: distance(to: position, metres))
                }
            }
        }
        points.removeAll()
    }

    @inline(__always)
    private mutating func putBack(_ feature: NearestQueue.Entry, at metres: Double) {
        guard metres <= radius else { return }
        queue.push(.init(measured: feature, metres: metres))
    }

    @inline(__always)
    private mutating func distance(to place: Coordinate, _ metres: (Geometry) -> Double) -> Double {
        if let lastPoint, lastPoint.place.longitude == place.longitude, lastPoint.place.latitude == place.latitude {
            return lastPoint.metres
        }
        let distance = metres(.point(place))
        lastPoint = (place, distance)
        return distance
    }
}
