/// Why the operator's pages are not taken. Each is a sentence that says what to mend.
package enum SitePagesError: Error, Equatable, CustomStringConvertible {
    case noFolder(String)
    case unreadable(String)
    case tooLong(String, bytes: Int, limit: Int)
    case notUTF8(String)
    case unknownName(String)

    package var description: String {
        switch self {
        case .noFolder(let path): "there is no folder \(path) of pages"
        case .unreadable(let name): "the page \(name) cannot be read"
        case .tooLong(let name, let bytes, let limit): "the page \(name) has \(bytes) bytes; \(limit) at most"
        case .notUTF8(let name): "the page \(name) is not written in UTF-8"
        case .unknownName(let name):
            "\(name) is the name of no page; they are "
                + SitePage.allCases.map(\.rawValue).joined(separator: ", ") + ", each as in rules.fr.md or rules.en.md"
        }
    }
}
