package import MapGeometry

extension Precision {
    /// The side of the finest cell that shows at this precision; nil where no cell does.
    package var finestSide: GridCell.Side? {
        switch self {
        case .about: .metres200
        case .wide: .metres1000
        case .exact, .none: nil
        }
    }

    /// Whether this tells more of a place than the other one.
    package func isFiner(than other: Precision) -> Bool { fineness > other.fineness }

    private var fineness: Int {
        switch self {
        case .exact: 3
        case .about: 2
        case .wide: 1
        case .none: 0
        }
    }
}
