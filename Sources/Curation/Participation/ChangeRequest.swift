import Contributions
import MapFormats
import MapGeometry
import SpatialDatabase

/// What an author wants changed, laid over what there is.
struct ChangeRequest {
    let submission: Submission
    /// Whether it should be out of sight; nil when nothing is said of it.
    let isHidden: Bool?
    /// What the author says to a question or to a decision; nil when they say nothing new.
    let answer: String?

    /// - Throws: `SubmissionError`.
    init(_ value: JSONValue, of stored: StoredContribution, isReplacement: Bool) throws {
        guard case .object(var patch) = value else { throw SubmissionError.faults([.init("", .wrongType)]) }
        for name in Self.standing { patch[name] = nil }
        isHidden = try Self.takeState(from: &patch, of: stored)
        answer = try Self.takeAnswer(from: &patch, of: stored)
        let latest = stored.proposal ?? stored.content
        var properties = isReplacement ? JSONObject() : try Self.given(latest)
        if case .object(let changes)? = patch["properties"] {
            for member in changes.members where !PublicFacet.names.contains(member.name) {
                properties[member.name] = member.value == .null ? nil : member.value
            }
        } else if let other = patch["properties"], other != .null {
            throw SubmissionError.faults([.init("/properties", .wrongType)])
        }
        if let licence = latest.licence, properties["consents"]?["licence"] == nil {
            properties["consents"] = .object(["licence": .string(licence)])
        }
        // Beside `consents`, as in a feature that was read and sent back.
        if let licence = latest.licence, properties["licence"] == .string(licence) { properties["licence"] = nil }
        patch["properties"] = .object(properties)
        patch["type"] = "Feature"
        if try Self.isSame(patch["geometry"], as: latest.geometry) { patch["geometry"] = nil }
        if patch["geometry"] == nil, isReplacement, properties["precision"] == nil {
            properties["precision"] = .string(latest.precision.rawValue)
            patch["properties"] = .object(properties)
        }
        submission = try SubmissionReader.read(.object(patch), isChange: true)
        guard !submission.title.isEmpty || !submission.text.isEmpty else {
            throw SubmissionError.faults([.init("/properties/title", .nothingToShow)])
        }
        guard submission.isConsenting != false else {
            throw SubmissionError.faults([.init("/properties/consent", .consentNeeded)])
        }
    }

    /// What a contribution that was read says of where it stands, which nobody changes by sending it back.
    private static let standing = ["revision", "change_waiting", "is_public", "decisions", "question"]

    private static func takeAnswer(from patch: inout JSONObject, of stored: StoredContribution) throws -> String? {
        let value = patch["answer"]
        patch["answer"] = nil
        guard let value, value != .null else { return nil }
        let answer = try Remark.read(value, at: "/answer")
        return answer.isEmpty || answer == stored.inquiry?.answer ? nil : answer
    }

    /// `"state": "hidden"` takes it out of sight, `"published"` brings it back; as a member or a property.
    private static func takeState(from patch: inout JSONObject, of stored: StoredContribution) throws -> Bool? {
        var value = patch["state"]
        patch["state"] = nil
        if case .object(var properties)? = patch["properties"], let state = properties["state"] {
            value = state
            properties["state"] = nil
            patch["properties"] = .object(properties)
        }
        switch value {
        case nil, .null, .string(stored.state.rawValue)?: return nil
        case "hidden": return true
        case "published": return false
        default: throw SubmissionError.faults([.init("/state", .notOneOf(["hidden", "published"]))])
        }
    }

    /// The properties as a participant would have sent them.
    private static func given(_ content: Contribution) throws -> JSONObject {
        var properties = try PublishedFeature.properties(of: content)
        for name in PublishedFeature.derivedProperties { properties[name] = nil }
        properties["licence"] = nil
        if case .object(let free) = try JSONParser.parse(Array(content.properties.json.utf8)) {
            for member in free.members { properties[member.name] = nil }
        }
        return properties
    }

    /// Whether a geometry is the one that shows already, as in a feature that was read, changed and sent back.
    private static func isSame(_ value: JSONValue?, as shown: Geometry?) throws -> Bool {
        guard let value, value != .null, let geometry = try? GeoJSONReader.geometry(from: value) else { return false }
        return geometry == shown
    }
}
