/// Which field of a file becomes which property, so that somebody can say otherwise before anything is written.
package struct FieldProposal: Codable, Equatable, Sendable {
    package struct Reading: Codable, Equatable, Sendable {
        package let field: String
        package let property: String

        package init(_ field: String, _ property: String) {
            self.field = field
            self.property = property
        }
    }

    package internal(set) var read: [Reading] = []
    /// Carried through under their own names.
    package internal(set) var kept: [String] = []
    /// What we work out ourselves, or another field stands for.
    package internal(set) var leftOut: [String] = []

    private enum CodingKeys: String, CodingKey {
        case read, kept
        case leftOut = "left_out"
    }

    package init(read: [Reading] = [], kept: [String] = [], leftOut: [String] = []) {
        self.read = read
        self.kept = kept
        self.leftOut = leftOut
    }

    /// One sentence, such as “nom → title, lon → longitude, lat → latitude; kept as they are: surface, note.”
    package var sentence: String {
        var parts: [String] = []
        if !read.isEmpty { parts.append(read.map { "\($0.field) → \($0.property)" }.joined(separator: ", ")) }
        if !kept.isEmpty { parts.append("kept as they are: " + kept.joined(separator: ", ")) }
        if !leftOut.isEmpty { parts.append("left out: " + leftOut.joined(separator: ", ")) }
        return parts.isEmpty ? "No fields." : parts.joined(separator: "; ") + "."
    }
}
