package import Contributions
import MapFormats

/// What a file says of itself, whatever its format: what it is, whom to thank, under which licence, and how positions
/// were treated.
package struct ExportLabel: Equatable, Sendable {
    package let identifier: String
    package let title: String
    package let description: String
    /// Of the layer; a feature may bear its own.
    package let licence: String?

    package init(of layer: Layer) {
        identifier = layer.identifier.text
        title = layer.title
        description = layer.description
        licence = layer.licence
    }

    /// Whom to thank, and what may be done with it.
    package var attribution: String {
        licence.map { "\(title) · \($0)" } ?? title
    }

    /// How to read a position (`privacy.md`, P19).
    package static let treatment = """
        Positions stand as each person chose: exact; a cell of the European grid (precision_m, cell), not the place \
        itself; or none. Positions : exactes, un carreau de la grille européenne, ou aucune, au choix de chaque personne.
        """

    /// The bytes that tell two labels apart.
    package var bytes: [UInt8] {
        Array([identifier, title, description, licence ?? ""].joined(separator: "\u{1F}").utf8)
    }
}
