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
    /// - Parameter metres: the exact distance from `place`; asked only for features that may come next.
    package func nearest(
        to place: Coordinate, limit: Int, radius: Double? = nil, matching filter: FeatureFilter = .all,
        after key: DistanceKey? = nil, metres: (Geometry) -> Double
    ) -> NearestPage {
        // One more than asked for tells whether there are more.
        var search = NearestSearch(
            selections(filter), from: place, radius: radius ?? .infinity, after: key,
            enough: SufficientDistance(for: limit < .max ? limit + 1 : 0))
        var entries: [NearestPage.Entry] = []
        entries.reserveCapacity(min(limit, 128))
        while limit > 0 {
            // Measuring the next one only to learn that there is one would be a pity.
            if entries.count == limit, search.surelyHasMore { return NearestPage(entries: entries, hasMore: true) }
            guard let next = search.next(metres) else { break }
            if entries.count == limit { return NearestPage(entries: entries, hasMore: true) }
            entries.append(next)
        }
        return NearestPage(entries: entries, hasMore: false)
    }
}

/// Opens nodes and measures features in the order of the least distance that they can have.
private struct NearestSearch: ~Copyable {
    private let selections: [Selection]
    private let bound: GeodesicBound
    private let radius: Double
    private let key: DistanceKey?
    private var enough: SufficientDistance
    /// The least of the radius and of what is enough; finite, since what stands nowhere is infinitely far away.
    private var reach: Double
    /// How many times its bound a point may lie away by the exact distance.
    private let greatestStretch: Double
    private var queue = NearestQueue()
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
        bound = GeodesicBound(from: place)
        reach = min(radius, enough.metres, .greatestFiniteMagnitude)
        greatestStretch = bound.greatestStretch * Self.tolerance.factor
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

    mutating func next(_ metres: (Geometry) -> Double) -> NearestPage.Entry? {
        while let nearest = queue.pop() {
            let selection = selections[nearest.selection]
            if nearest.isMeasured {
                let entry = NearestPage.Entry(
                    feature: selection.segment.reference(queue.feature(of: nearest)), metres: nearest.metres)
                if let key, entry.key <= key { continue }
                return entry
            }
            if nearest.isRough {
                refine(nearest, in: selection)
            } else if nearest.level > 0 {
                open(nearest, in: selection)
            } else {
                measure(nearest, in: selection, metres)
            }
        }
        return nil
    }

    private mutating func push(_ node: Int, level: Int, at box: BoundingBox, _ selection: Int) {
        let (metres, isRough) = bound.quickMetres(to: box)
        guard metres <= reach else { return }
        if level == 0, !isRough, selections[selection].index.slots[node] == PackedIndex.Slot.point {
            note(from: metres)
        }
        queue.push(.init(metres: metres, selection: selection, level: level, node: node, isRough: isRough))
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
                push(metres, children, level: level, entry.selection)
            }
        }
    }

    /// - Parameter metres: of neighbours on one level; those that are rough with their sign turned.
    @inline(__always)
    private mutating func push(
        _ metres: UnsafeMutableBufferPointer<Double>, _ nodes: Range<Int>, level: Int, _ selection: Int
    ) {
        if level == 0 { weigh(metres, nodes, selections[selection]) }
        for place in metres.indices where metres[place].magnitude <= reach {
            queue.push(
                .init(
                    metres: metres[place].magnitude, selection: selection, level: level,
                    node: nodes.lowerBound + place, isRough: metres[place].sign == .minus))
        }
    }

    /// Sends what is not selected away, and takes in how far the rest is at most, before any of them is put in the queue.
    private mutating func weigh(
        _ metres: UnsafeMutableBufferPointer<Double>, _ features: Range<Int>, _ selection: Selection
    ) {
        let admitsAll = selection.admitsAll
        selection.index.slots.withUnsafeBufferPointer { slots in
            for place in metres.indices where metres[place].magnitude <= reach {
                let feature = features.lowerBound + place
                if !admitsAll, !selection.admits(feature) {
                    metres[place] = .infinity
                } else if metres[place].sign == .plus, slots[feature] == PackedIndex.Slot.point {
                    note(from: metres[place])
                }
            }
        }
    }

    /// Takes in how far away a point behind the page before is at most.
    @inline(__always)
    private mutating func note(from metres: Double) {
        if let key, metres <= key.metres { return }
        let most = (metres + GeodesicBound.slack) * greatestStretch + Self.tolerance.metres
        guard most <= radius, most < enough.metres else { return }
        enough.note(atMost: most)
        reach = min(radius, enough.metres, .greatestFiniteMagnitude)
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
        let exact = distance(to: geometry, metres)
        let distance = selection.index.cellSide(entry.node)?.distance(roundingUp: exact) ?? exact
        guard distance <= radius else { return }
        queue.push(metres: distance, measuring: entry, of: selection.index)
    }

    private mutating func distance(to geometry: Geometry, _ metres: (Geometry) -> Double) -> Double {
        guard case .point(let place) = geometry else { return metres(geometry) }
        if let lastPoint, lastPoint.place == place { return lastPoint.metres }
        let distance = metres(geometry)
        lastPoint = (place, distance)
        return distance
    }
}
