import Contributions
import MapFormats

/// The property by which a feature of a curator's export says how it stands, in the words of the queue.
enum ReviewMark {
    static let name = "state"

    /// A feature with its mark as its last property; a property of that name that an import has brought gives way.
    /// - Parameter feature: its GeoJSON as it is, or would be, published.
    static func marking(_ feature: UnsafeRawBufferPointer, as state: ContributionState) throws -> [UInt8] {
        guard !feature.contains(Array("\"\(name)\":".utf8)) else { return try rewriting(feature, as: state) }
        var bytes = Array(feature.dropLast(2))
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        bytes += Array("\"\(name)\":\"\(state.rawValue)\"}}".utf8)
        return bytes
    }

    private static func rewriting(_ feature: UnsafeRawBufferPointer, as state: ContributionState) throws -> [UInt8] {
        var marked = try GeoJSONReader.feature(from: feature)
        marked.properties[name] = .string(state.rawValue)
        var bytes: [UInt8] = []
        GeoJSONWriter(decimals: PublishedFeature.decimals).append(marked, to: &bytes)
        return bytes
    }

    /// How a record says that it stands, where that is not published; nil for all others, also for those of files from
    /// elsewhere in which a state is something else.
    static func undecided(_ properties: JSONObject) -> ContributionState? {
        guard let text = properties[name]?.text else { return nil }
        let state = ContributionState(rawValue: text.trimmed.lowercased())
        return state == .published ? nil : state
    }

    /// Whether a record comes from here and bears the mark of what is published, which is no property of anybody's.
    static func isPublished(_ properties: JSONObject) -> Bool {
        properties[name]?.text == ContributionState.published.rawValue
            && properties["precision"]?.text.flatMap(Precision.init(rawValue:)) != nil
    }
}
