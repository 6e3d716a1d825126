package import Contributions
import Foundation
package import MapFormats
import MapGeometry

/// Reads what a participant has sent: a GeoJSON Feature whose properties are `product.md`'s. All that is wrong is
/// said at once, member by member.
package struct SubmissionReader {
    private var faults: [SubmissionFault] = []
    private var submission = Submission()

    /// Nesting that no form of ours needs is not followed.
    private static let deepest = 16
    /// What this service works out itself and ignores in what it is sent; `generalisation` travels with `cell`.
    private static let ignored: Set<String> = [
        "links", "cell", "precision_m", "generalisation", "month", "distance", "id", "type", "bbox",
    ]

    /// - Throws: `SubmissionError`.
    package static func read(_ bytes: some Collection<UInt8>) throws(SubmissionError) -> Submission {
        try read(value(bytes), isChange: false)
    }

    /// The JSON of a body.
    package static func value(_ bytes: some Collection<UInt8>) throws(SubmissionError) -> JSONValue {
        do throws(JSONError) {
            return try JSONParser.parse(bytes, maximumDepth: deepest)
        } catch {
            throw .notJSON(error)
        }
    }

    /// - Parameter isChange: whether this changes what was given before, and so may leave out place and consent.
    package static func read(_ value: JSONValue, isChange: Bool) throws(SubmissionError) -> Submission {
        var reader = SubmissionReader()
        reader.readFeature(value, isChange: isChange)
        guard reader.faults.isEmpty else { throw .faults(reader.faults) }
        return reader.submission
    }

    private mutating func fail(_ pointer: String, _ problem: SubmissionFault.Problem) {
        faults.append(SubmissionFault(pointer, problem))
    }

    private mutating func readFeature(_ value: JSONValue, isChange: Bool) {
        guard case .object(let feature) = value else { return fail("", .wrongType) }
        if feature["type"] != "Feature" { fail("/type", feature["type"] == nil ? .missing : .notOneOf(["Feature"])) }
        if let geometry = feature["geometry"] {
            readPlace(geometry)
        } else if !isChange {
            fail("/geometry", .missing)
        }
        for member in feature.members where !["geometry", "properties"].contains(member.name) {
            readMember(member.name, member.value, at: SubmissionFault.pointer(toMember: member.name))
        }
        switch feature["properties"] {
        case nil, .null: break
        case .object(let properties)?:
            for member in properties.members {
                let pointer = SubmissionFault.pointer(toMember: member.name, of: "/properties")
                readMember(member.name, member.value, at: pointer)
            }
        default: fail("/properties", .wrongType)
        }
        if submission.place == .nowhere, submission.precision == nil { submission.precision = Precision.none }
        if !isChange { requireEnough() }
    }

    private mutating func requireEnough() {
        if submission.isConsenting != true { fail("/properties/consent", .consentNeeded) }
        // A title that was refused was there all the same.
        let isSilent = submission.title.isEmpty && submission.text.isEmpty
        if isSilent, !faults.contains(where: { ["/properties/title", "/properties/text"].contains($0.pointer) }) {
            fail("/properties/title", .nothingToShow)
        }
        if submission.place == .nowhere, submission.precision != Precision.none { fail("/geometry", .missing) }
    }

    private mutating func readPlace(_ value: JSONValue) {
        if value == .null {
            submission.place = .nowhere
            return
        }
        guard case .object(let object) = value else { return fail("/geometry", .wrongType) }
        guard object["type"] == "Point" else { return fail("/geometry/type", .notAPoint) }
        do {
            guard case .point(let place)? = try GeoJSONReader.geometry(from: value, at: "/geometry") else {
                return fail("/geometry/coordinates", .missing)
            }
            submission.place = .at(place.rounded(decimals: PublishedFeature.decimals))
        } catch {
            fail("/geometry/coordinates", .coordinate(error.description))
        }
    }

    private mutating func readMember(_ name: String, _ value: JSONValue, at pointer: String) {
        switch name {
        case "title": submission.title = line(value, pointer, limit: ContributionLimits.title) ?? ""
        case "text": submission.text = text(value, pointer, limit: ContributionLimits.text) ?? ""
        case "author": submission.author = line(value, pointer, limit: ContributionLimits.author)
        case "theme": submission.themes = themes(value, pointer)
        case "kind": submission.kind = choice(value, pointer)
        case "precision": submission.precision = choice(value, pointer)
        case "when": submission.when = date(value, pointer)
        case "lang": submission.language = language(value, pointer)
        case "consent": submission.isConsenting = consent(value, pointer)
        case "consents": readConsents(value, pointer)
        case "invitation": submission.invitation = code(value, pointer)
        case "age_band": submission.ageBand = choice(value, pointer)
        case "encounter": submission.encounter = code(value, pointer)
        default: if !Self.ignored.contains(name) { fail(pointer, .unknownMember) }
        }
    }

    private mutating func text(_ value: JSONValue, _ pointer: String, limit: Int) -> String? {
        guard let text = plain(value, pointer, limit: limit) else { return nil }
        if let fault = PlainText.fault(in: text) { fail(pointer, .init(fault)) }
        return text
    }

    private mutating func line(_ value: JSONValue, _ pointer: String, limit: Int) -> String? {
        guard let text = plain(value, pointer, limit: limit) else { return nil }
        if let fault = PlainText.fault(inLine: text) { fail(pointer, .init(fault)) }
        return text
    }

    /// Nil for null and for what is empty; one spelling of é, and nothing but the text between white space.
    private mutating func plain(_ value: JSONValue, _ pointer: String, limit: Int) -> String? {
        guard let text = string(value, pointer) else { return nil }
        // Some keyboards end a line with two signs.
        let tidy = text.replacing("\r\n", with: "\n").trimmed.precomposedStringWithCanonicalMapping
        if tidy.count > limit { fail(pointer, .tooLong(characters: tidy.count, limit: limit)) }
        return tidy.isEmpty ? nil : tidy
    }

    private mutating func string(_ value: JSONValue, _ pointer: String) -> String? {
        switch value {
        case .null: return nil
        case .string(let text): return text
        default:
            fail(pointer, .wrongType)
            return nil
        }
    }

    private mutating func themes(_ value: JSONValue, _ pointer: String) -> [String] {
        let values: [JSONValue]
        switch value {
        case .array(let items): values = items
        case .string(let text): values = text.split(separator: ",").map { .string(String($0)) }
        case .null: values = []
        default:
            fail(pointer, .wrongType)
            return []
        }
        if values.count > ContributionLimits.themes {
            fail(pointer, .tooMany(found: values.count, limit: ContributionLimits.themes))
        }
        var themes: [String] = []
        for (place, value) in values.enumerated() {
            let pointer = values.count == 1 ? pointer : "\(pointer)/\(place)"
            guard let theme = line(value, pointer, limit: ContributionLimits.theme), !themes.contains(theme) else {
                continue
            }
            if theme.contains(",") { fail(pointer, .wrongType) }
            themes.append(theme)
        }
        return themes
    }

    private mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ value: JSONValue, _ pointer: String
    ) -> Choice? {
        guard let text = string(value, pointer) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        fail(pointer, .notOneOf(Choice.allCases.map(\.rawValue)))
        return nil
    }

    private mutating func date(_ value: JSONValue, _ pointer: String) -> ExtendedDate? {
        var text: String?
        if case .integer(let year) = value { text = String(year) } else { text = string(value, pointer) }
        guard let text = text?.trimmed, !text.isEmpty else { return nil }
        if let date = try? ExtendedDate(text) { return date }
        fail(pointer, .notADate)
        return nil
    }

    private mutating func language(_ value: JSONValue, _ pointer: String) -> String? {
        guard let text = string(value, pointer), !text.isEmpty else { return nil }
        if (try? Contribution(language: text, geometry: nil)) != nil { return text }
        fail(pointer, .notALanguage)
        return nil
    }

    private mutating func consent(_ value: JSONValue, _ pointer: String) -> Bool? {
        guard case .boolean(let isConsenting) = value else {
            fail(pointer, .wrongType)
            return nil
        }
        return isConsenting
    }

    private mutating func readConsents(_ value: JSONValue, _ pointer: String) {
        guard case .object(let consents) = value else { return fail(pointer, .wrongType) }
        for member in consents.members {
            let pointer = SubmissionFault.pointer(toMember: member.name, of: pointer)
            switch member.name {
            case "partners": submission.allowsPartners = consent(member.value, pointer)
            case "licence": submission.licence = licence(member.value, pointer)
            case "version": submission.consentVersion = string(member.value, pointer)
            default: fail(pointer, .unknownMember)
            }
        }
    }

    private mutating func licence(_ value: JSONValue, _ pointer: String) -> String? {
        guard let text = string(value, pointer) else { return nil }
        if OpenLicence.identifiers.contains(text) { return text }
        fail(pointer, .notOneOf(OpenLicence.identifiers))
        return nil
    }

    private mutating func code(_ value: JSONValue, _ pointer: String) -> PaperCode? {
        guard let text = string(value, pointer) else { return nil }
        if let code = PaperCode(text) { return code }
        fail(pointer, .malformedCode)
        return nil
    }
}

extension SubmissionFault.Problem {
    package init(_ fault: PlainText.Fault) {
        switch fault {
        case .controlCharacter: self = .controlCharacter
        case .directionOverride: self = .directionOverride
        case .invisibleCharacter: self = .invisibleCharacter
        }
    }
}
