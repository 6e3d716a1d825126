import MapFormats
import MapGeometry
import Projections

/// How a cell stands where there is room for a point only: at its middle, with its size behind its title.
struct PointOfCell {
    let place: Coordinate
    /// Such as “± 200 m” or “± 1 km”.
    let size: String

    /// Nil for what is no cell.
    init?(_ feature: GeoJSONFeature) {
        switch feature.geometry {
        case .polygon, .multiPolygon: break
        default: return nil
        }
        guard let cell = Self.cell(feature.properties) else { return nil }
        place = cell.representative
        size = Self.size(of: cell.side)
    }

    /// The title of what stands there; a table that comes back loses the size again.
    func name(_ title: String) -> String { title.isEmpty ? size : "\(title) \(size)" }

    /// A title without the size that was put behind it, of something whose cell or its side is known.
    static func title(_ name: String, in properties: JSONObject) -> String {
        let told = properties["precision_m"]?.text.flatMap { Int($0) }.flatMap(GridCell.Side.init(rawValue:))
        guard let side = cell(properties)?.side ?? told else { return name }
        let size = size(of: side)
        if name == size { return "" }
        return name.hasSuffix(" \(size)") ? String(name.dropLast(size.count + 1)) : name
    }

    private static func cell(_ properties: JSONObject) -> GridCell? {
        properties["cell"]?.text.flatMap { try? GridCell(name: $0) }
    }

    private static func size(of side: GridCell.Side) -> String {
        let metres = side.metres
        return metres < 1_000 ? "± \(metres) m" : "± \(metres / 1_000) km"
    }
}
