import Contributions
import Foundation
import GRDB
import MapGeometry

/// How the contract of an embed stands in its row.
enum EmbedColumns {
    static let names = """
        title, region, region_is_box, kinds, themes, period, style, colours, language, list, takes_contributions,
        standing_kinds, standing_themes
        """
    static let marks = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
    /// For `UPDATE … SET`.
    static let assignments = """
        title = ?, region = ?, region_is_box = ?, kinds = ?, themes = ?, period = ?, style = ?, colours = ?,
        language = ?, list = ?, takes_contributions = ?, standing_kinds = ?, standing_themes = ?
        """

    static func arguments(_ embed: Embed) -> StatementArguments {
        let pins = embed.pins
        let isBox = if case .box? = pins.region?.outline { true } else { false }
        return [
            embed.title, pins.region.flatMap { GeometryBlob.encode(.polygon($0.polygon)) }.map { Data($0) }, isBox,
            text(pins.kinds), pins.themes.joined(separator: ","), pins.period?.text, embed.look.style,
            embed.look.colours.map { "\($0.rawValue)=\($1.text)" }.sorted().joined(separator: ","),
            embed.look.language?.rawValue, embed.look.list.rawValue, embed.takesContributions,
            embed.standing.map { text($0.kinds) }, embed.standing?.themes.joined(separator: ","),
        ]
    }

    /// - Throws: whatever shows that the row is damaged.
    static func embed(_ row: Row) throws -> Embed {
        guard let key = PublicIdentifier(bytes: row["key"] as Data),
            let partner = PublicIdentifier(bytes: row["partner_id"] as Data),
            let list = EmbedLook.ListOption(rawValue: row["list"])
        else { throw StoreError.damagedRow(table: "embed", number: row["number"]) }
        let standing = (row["standing_kinds"] as String?).map {
            StandingRule(kinds: kinds($0), themes: items(row["standing_themes"]))
        }
        return Embed(
            key: key, partner: partner, layer: try LayerIdentifier(row["layer_identifier"]), title: row["title"],
            pins: EmbedPins(
                region: try region(row), kinds: kinds(row["kinds"]), themes: items(row["themes"]),
                period: try (row["period"] as String?).map { try ExtendedDate($0) }),
            look: EmbedLook(
                style: row["style"], colours: colours(row["colours"]),
                language: (row["language"] as String?).flatMap(Language.init), list: list),
            takesContributions: row["takes_contributions"], standing: standing, isClosed: row["is_closed"])
    }

    private static func region(_ row: Row) throws -> Region? {
        guard let data = row["region"] as Data? else { return nil }
        let geometry = try data.withUnsafeBytes { try GeometryBlob.decode($0) }
        guard case .polygon(let polygon) = geometry, let bounds = geometry.boundingBox else {
            throw StoreError.damagedRow(table: "embed", number: row["number"])
        }
        return row["region_is_box"] ? try Region(bounds) : try Region(polygon)
    }

    private static func text(_ kinds: Set<Kind>) -> String {
        Kind.allCases.filter(kinds.contains).map(\.rawValue).joined(separator: ",")
    }

    private static func kinds(_ text: String) -> Set<Kind> { Set(items(text).compactMap(Kind.init(rawValue:))) }

    private static func items(_ text: String?) -> [String] { text?.split(separator: ",").map(String.init) ?? [] }

    private static func colours(_ text: String) -> [EmbedLook.ColourName: Colour] {
        items(text).reduce(into: [:]) { colours, item in
            let parts = item.split(separator: "=").map(String.init)
            if parts.count == 2, let name = EmbedLook.ColourName(rawValue: parts[0]) {
                colours[name] = Colour(parts[1])
            }
        }
    }
}

extension Region {
    /// Of a box its corners, as a ring.
    fileprivate var polygon: Polygon {
        switch outline {
        case .polygon(let polygon): return polygon
        case .box(let box):
            let corners = [
                (box.west, box.south), (box.east, box.south), (box.east, box.north), (box.west, box.north),
                (box.west, box.south),
            ]
            return Polygon(
                exterior: LinearRing(
                    unchecked: corners.map { Coordinate(clampingLongitude: $0.0, latitude: $0.1) }))
        }
    }
}
