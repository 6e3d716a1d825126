package import Contributions
import Foundation
package import MapFormats
import MapGeometry
import Projections

/// Reads a contribution out of a GeoJSON feature: `product.md`'s properties by their names, the rest as free ones.
package struct ContributionReader: Sendable {
    /// The property that holds the title, when it has another name than usual.
    package var titleName: String?
    /// The kind of records that name none.
    package var kind: Kind
    /// Outside name → name of ours.
    package var renamed: [String: String]
    /// Whose names for things the file has.
    package var dialect = ImportDialect.none

    package init(titleName: String? = nil, kind: Kind = .place, renamed: [String: String] = [:]) {
        self.titleName = titleName
        self.kind = kind
        self.renamed = renamed
    }

    static let usualTitles = ["title", "titre", "name", "nom"]

    /// - Throws: `ContributionError`, or `FormatError` for a member of the wrong type.
    package func contribution(from feature: GeoJSONFeature) throws -> Contribution {
        var properties = renaming(feature.properties)
        let title = try takeTitle(from: &properties)
        let kind = try take("kind", from: &properties).map(Self.kind) ?? kind
        let text = try take("text", from: &properties) ?? ""
        let themes = try takeThemes(from: &properties)
        let when = try take("when", from: &properties).map { try ExtendedDate($0) }
        let language = try take("lang", from: &properties)
        let author = try take("author", from: &properties)
        let licence = try take("licence", from: &properties)
        let shown = try Self.shown(feature.geometry, properties)
        return try Contribution(
            kind: kind, title: title, text: text, themes: themes, when: when, language: language, author: author,
            licence: licence, precision: shown.precision, geometry: shown.geometry, cell: shown.cell,
            properties: Self.free(properties))
    }

    /// What was published as a cell comes back as that cell, whatever stands for it in the file: never finer.
    /// - Throws: `ContributionError.precision` for a cell that cannot be read.
    private static func shown(
        _ geometry: Geometry?, _ properties: JSONObject
    ) throws -> (precision: Precision, geometry: Geometry?, cell: GridCell?) {
        let precision = properties["precision"]?.text.flatMap(Precision.init(rawValue:)) ?? .exact
        guard let name = properties["cell"]?.text, !name.isEmpty else {
            guard precision.isCell, let cell = cell(around: geometry, properties["precision_m"]) else {
                return (.exact, asPrinted(geometry), nil)
            }
            return (precision, cell.polygon, cell)
        }
        guard let cell = try? GridCell(name: name) else {
            // Others call other things cells; but what says that it is coarse must not become exact.
            guard !precision.isCell else { throw ContributionError.precision(precision.rawValue) }
            return (.exact, asPrinted(geometry), nil)
        }
        let level = precision.isCell ? precision : cell.side.metres <= 200 ? .about : .wide
        return (level, cell.polygon, cell)
    }

    /// The cell of which a file has kept the middle and the size, but not the name.
    private static func cell(around geometry: Geometry?, _ size: JSONValue?) -> GridCell? {
        guard case .point(let place)? = geometry, let size = size?.text ?? size.map(JSONWriter.text(of:)),
            let side = Int(size).flatMap(GridCell.Side.init(rawValue:))
        else { return nil }
        return GridCell(holding: place, side: side)
    }

    /// Distances, boxes and tiles answer on the coordinates as they are printed, so those are what is kept.
    private static func asPrinted(_ geometry: Geometry?) -> Geometry? {
        geometry?.mapCoordinates { $0.rounded(decimals: PublishedFeature.decimals) }
    }

    func renaming(_ properties: JSONObject) -> JSONObject {
        let properties = dialect.translated(properties)
        guard !renamed.isEmpty else { return properties }
        return JSONObject(properties.members.map { (renamed[$0.name] ?? $0.name, $0.value) })
    }

    private func takeTitle(from properties: inout JSONObject) throws -> String {
        for name in (titleName.map { [$0] } ?? []) + Self.usualTitles {
            if let title = try take(name, from: &properties) { return title }
        }
        return ""
    }

    /// Takes a text out; empty text and null count as absent, a number as its digits.
    private func take(_ name: String, from properties: inout JSONObject) throws -> String? {
        guard let value = properties[name] else { return nil }
        properties[name] = nil
        switch value {
        case .null: return nil
        case .string(let text): return text.isEmpty ? nil : text
        case .integer, .number: return JSONWriter.text(of: value)
        default:
            throw FormatError.member(
                pointer: "/properties/\(name)", .wrongType(expected: "a text", found: value.typeName))
        }
    }

    /// One theme, several separated by commas, or an array of them.
    private func takeThemes(from properties: inout JSONObject) throws -> [String] {
        let texts: [String]
        if case .array(let values)? = properties["theme"] {
            properties["theme"] = nil
            texts = try values.map { value in
                guard let text = value.text else {
                    throw FormatError.member(
                        pointer: "/properties/theme", .wrongType(expected: "a text", found: value.typeName))
                }
                return text
            }
        } else {
            texts = try take("theme", from: &properties)?.split(separator: ",").map(String.init) ?? []
        }
        var themes: [String] = []
        // One spelling of é: the store compares bytes.
        for text in texts.map(\.trimmed.precomposedStringWithCanonicalMapping) where !themes.contains(text) {
            themes.append(text)
        }
        return themes
    }

    private static func kind(_ text: String) throws -> Kind {
        guard let kind = Kind(rawValue: text) else { throw ContributionError.kind(text) }
        return kind
    }

    private static func free(_ properties: JSONObject) -> FreeProperties {
        let members = properties.members.filter { member in
            !PublishedFeature.ownProperties.contains(member.name)
                && !PublishedFeature.derivedProperties.contains(member.name) && member.value != .null
        }
        guard !members.isEmpty else { return .none }
        return FreeProperties(
            members: members.map { .init(name: $0.name, json: JSONWriter.text(of: $0.value)) },
            json: JSONWriter.text(of: .object(JSONObject(members.map { ($0.name, $0.value) }))))
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
