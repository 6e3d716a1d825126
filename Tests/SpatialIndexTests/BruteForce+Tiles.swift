import MapGeometry
import SpatialIndex

extension BruteForce {
    /// What stands in a tile as sorted sentences.
    func tile(_ tile: TileAddress, buffer: Double, _ filter: FeatureFilter) -> [String] {
        // From here on every geometry is there and has a box.
        let placed = matching(filter).filter { $0.geometry?.boundingBox != nil }
        let points = placed.filter { $0.isPointLike(zoom: tile.zoom) && $0.cell(level: 31) != nil }
        let box = tile.boundingBox(buffer: buffer)
        let shapes = placed.filter {
            !$0.isPointLike(zoom: tile.zoom) && $0.geometry!.boundingBox!.intersectsPlanar(box)
        }
        let groups =
            tile.zoom > 16
            ? points.map { [$0] }
            : Array(Dictionary(grouping: points) { $0.cell(level: tile.zoom + 4)! }.values)
        let window = Window(tile, buffer)
        return (shapes.map { "shape \($0.identifier)" } + groups.compactMap { entry($0, tile.zoom, window) }).sorted()
    }

    private func entry(_ members: [IndexedFeature], _ zoom: Int, _ window: Window) -> String? {
        guard members.count > 1 else {
            let (x, y) = members[0].centre
            let name = if case .point = members[0].geometry! { "shape" } else { "point" }
            return window.contains(x, y) ? "\(name) \(members[0].identifier)" : nil
        }
        let cells = members.map { $0.cell(level: 31)! }
        let x = (Double(cells.reduce(0) { $0 + Int($1.x) }) / Double(cells.count) + 0.5) / Double(1 << 31)
        let y = (Double(cells.reduce(0) { $0 + Int($1.y) }) / Double(cells.count) + 0.5) / Double(1 << 31)
        guard window.contains(x, y) else { return nil }
        let cell = members[0].cell(level: zoom + 4)!
        let identifier = HilbertCurve.key(x: cell.x, y: cell.y, level: zoom + 4) << 5 | UInt64(zoom)
        return "cluster \(identifier) \(members.count) \(x) \(y) \(expansionZoom(members, zoom))"
    }

    private func expansionZoom(_ members: [IndexedFeature], _ zoom: Int) -> Int {
        (zoom + 1..<17).first { next in
            Set(members.map { $0.cell(level: next + 4)! }).count > 1
                || !members.allSatisfy { $0.isPointLike(zoom: next) }
        } ?? 17
    }

    private struct Window {
        let x: ClosedRange<Double>
        let y: ClosedRange<Double>

        init(_ tile: TileAddress, _ buffer: Double) {
            let side = Double(tile.matrixSize)
            x = ((Double(tile.column) - buffer) / side)...((Double(tile.column + 1) + buffer) / side)
            y = ((Double(tile.row) - buffer) / side)...((Double(tile.row + 1) + buffer) / side)
        }

        func contains(_ x: Double, _ y: Double) -> Bool { self.x.contains(x) && self.y.contains(y) }
    }
}

struct GridCell: Hashable {
    let x: UInt32
    let y: UInt32
}

extension IndexedFeature {
    /// The mercator position of the centre of the box.
    var centre: (x: Double, y: Double) { WebMercator.project(geometry!.boundingBox!.centre) }

    /// The cell of a level where the centre falls; nil outside the mercator square.
    func cell(level: Int) -> GridCell? {
        guard let cell = WebMercator.finestCell(of: geometry!.boundingBox!.centre) else { return nil }
        return GridCell(x: cell.x >> UInt32(31 - level), y: cell.y >> UInt32(31 - level))
    }

    func isPointLike(zoom: Int) -> Bool {
        guard let geometry, let box = geometry.boundingBox else { return false }
        if case .point = geometry { return true }
        let (west, north) = WebMercator.project(at(box.west, box.north))
        let (east, south) = WebMercator.project(at(box.east, box.south))
        return max(east - west, south - north) * Double(1 << zoom) * 4096 < 4
    }
}

extension TileEntry {
    /// In the words of `BruteForce.tile`.
    var sentence: String {
        switch self {
        case .feature(let feature): "shape \(feature.identifier)"
        case .shapeAsPoint(let feature, _, _): "point \(feature.identifier)"
        case .cluster(let cluster):
            "cluster \(cluster.identifier) \(cluster.count) \(cluster.x) \(cluster.y) \(cluster.expansionZoom)"
        }
    }
}
