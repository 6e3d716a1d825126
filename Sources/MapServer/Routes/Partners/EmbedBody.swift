import Contributions
import Curation
import Foundation
import MapFormats
import MapGeometry

/// The contract of an embed as somebody has sent it, read.
struct EmbedBody {
    let title: String
    let pins: EmbedPins
    let look: EmbedLook
    let takesContributions: Bool
    /// What a new embed names, and one that is changed must not name otherwise.
    let partner: PublicIdentifier?
    let layer: LayerIdentifier?

    private static let names: Set<String> = [
        "title", "region", "kinds", "themes", "period", "style", "colours", "language", "list", "contribute", "partner",
        "layer",
    ]
    /// What a document says that was read and is sent back; the standing rule has an address of its own.
    private static let standing: Set<String> = ["key", "standing", "closed", "shown", "origins", "links"]

    /// - Parameters:
    ///   - styles: the ids of those that there are.
    ///   - embed: what is changed; nil for a new one.
    /// - Throws: `SubmissionError`.
    init(_ value: JSONValue, styles: [String], changing embed: Embed? = nil) throws(SubmissionError) {
        var reader = try MemberReader(value, known: Self.names.union(Self.standing))
        title = reader.line("title", longest: Embed.longestTitle) ?? ""
        pins = EmbedPins(
            region: Self.region(&reader), kinds: reader.kinds(), themes: reader.themes(), period: Self.period(&reader))
        look = EmbedLook(
            style: Self.style(&reader, styles), colours: Self.colours(&reader),
            language: reader.choice("language", Language.self),
            list: reader.choice("list", EmbedLook.ListOption.self) ?? .both)
        takesContributions = reader.flag("contribute") ?? false
        if let embed {
            Self.requireSame("partner", embed.partner.description, &reader)
            Self.requireSame("layer", embed.layer.text, &reader)
            (partner, layer) = (nil, nil)
        } else {
            partner = reader.identifier("partner", otherwise: .unknownPartner)
            layer = Self.layer(&reader)
        }
        try reader.finish()
    }

    /// A contract names its partner and its layer once for ever.
    private static func requireSame(_ name: String, _ standing: String, _ reader: inout MemberReader) {
        guard let value = reader.given(name), value.text != standing else { return }
        reader.fail("/\(name)", .notOneOf([standing]))
    }

    private static func layer(_ reader: inout MemberReader) -> LayerIdentifier? {
        guard let text = reader.given("layer")?.text else {
            reader.fail("/layer", reader.given("layer") == nil ? .missing : .wrongType)
            return nil
        }
        let layer = try? LayerIdentifier(text)
        if layer == nil { reader.fail("/layer", .unknownLayer) }
        return layer
    }

    private static func period(_ reader: inout MemberReader) -> ExtendedDate? {
        guard let value = reader.given("period") else { return nil }
        let period = value.text.flatMap { try? ExtendedDate($0) }
        if period == nil { reader.fail("/period", .notADate) }
        return period
    }

    private static func style(_ reader: inout MemberReader, _ styles: [String]) -> String? {
        guard let value = reader.given("style") else { return nil }
        guard let style = value.text, styles.contains(style) else {
            reader.fail("/style", .notOneOf(styles))
            return nil
        }
        return style
    }

    private static func colours(_ reader: inout MemberReader) -> [EmbedLook.ColourName: Colour] {
        guard let value = reader.given("colours") else { return [:] }
        guard case .object(let members) = value else {
            reader.fail("/colours", .wrongType)
            return [:]
        }
        var colours: [EmbedLook.ColourName: Colour] = [:]
        for member in members.members where member.value != .null {
            let pointer = SubmissionFault.pointer(toMember: member.name, of: "/colours")
            guard let name = EmbedLook.ColourName(rawValue: member.name) else {
                reader.fail(pointer, .unknownMember)
                continue
            }
            colours[name] = member.value.text.flatMap(Colour.init)
            if colours[name] == nil { reader.fail(pointer, .notAColour) }
        }
        for (name, ratio) in EmbedPalette.faults(colours) {
            let pointer = SubmissionFault.pointer(toMember: name.rawValue, of: "/colours")
            reader.fail(pointer, .lowContrast(ratio: ratio, least: EmbedPalette.leastOfWords))
        }
        return colours
    }

    private static func region(_ reader: inout MemberReader) -> Region? {
        guard let value = reader.given("region") else { return nil }
        do throws(RegionFault) {
            return try region(value)
        } catch {
            reader.fail("/region", .region(error))
            return nil
        }
    }

    /// West, south, east, north in degrees; or a GeoJSON Polygon.
    private static func region(_ value: JSONValue) throws(RegionFault) -> Region {
        if case .array(let values) = value {
            let numbers = values.compactMap(\.double)
            guard numbers.count == 4, values.count == 4 else { throw .unreadable("") }
            do {
                return try Region(
                    BoundingBox(west: numbers[0], south: numbers[1], east: numbers[2], north: numbers[3]))
            } catch let error as RegionFault {
                throw error
            } catch {
                throw .unreadable("\(error)")
            }
        }
        if goesBeyondTheAntimeridian(value) { throw .antimeridian }
        let geometry: Geometry?
        do {
            geometry = try GeoJSONReader.geometry(from: value)
        } catch {
            throw .unreadable(error.description)
        }
        guard case .polygon(let polygon)? = geometry else { throw .unreadable("") }
        return try Region(polygon)
    }

    /// Whether a corner has a longitude past ±180, as some write what crosses that meridian.
    private static func goesBeyondTheAntimeridian(_ value: JSONValue) -> Bool {
        guard case .array(let rings)? = value["coordinates"] else { return false }
        return rings.contains { ring in
            guard case .array(let places) = ring else { return false }
            return places.contains { place in
                guard case .array(let numbers) = place, let longitude = numbers.first?.double else { return false }
                return abs(longitude) > 180 && abs(longitude) <= 540
            }
        }
    }
}
