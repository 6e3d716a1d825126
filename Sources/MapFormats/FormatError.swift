/// Why something cannot be read or written in one of this module's formats.
package enum FormatError: Error, Equatable, Sendable {
    /// The text is not JSON.
    case json(JSONError)
    /// The JSON is not the GeoJSON that is needed. `pointer` is a JSON Pointer (RFC 6901) to the member
    /// at fault, empty for the whole document.
    case member(pointer: String, MemberProblem)
    /// The file as a whole cannot be read, or a record of it is too large.
    case file(FileProblem)
    /// The table of comma-separated values or one of its rows is at fault.
    case table(TableProblem)
    /// A TileJSON document cannot be made of these values.
    case tileJSON(TileJSONProblem)

    /// The JSON Pointer to the member at fault, where the error is about one.
    package var pointer: String? {
        if case .member(let pointer, _) = self { pointer } else { nil }
    }

    /// The same error of a value that stands at `prefix` in a larger one.
    package func inside(_ prefix: String) -> FormatError {
        guard case .member(let pointer, let problem) = self else { return self }
        return .member(pointer: prefix + pointer, problem)
    }
}

extension FormatError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .json(let error): error.description
        case .member("", let problem): "the document: \(problem)"
        case .member(let pointer, let problem): "\(pointer): \(problem)"
        case .file(let problem): problem.description
        case .table(let problem): problem.description
        case .tileJSON(let problem): problem.description
        }
    }
}
