/// What is wrong with a file of records. Lines count from 1.
package enum FileProblem: Equatable, Sendable {
    case unreadable(reason: String)
    case empty
    case notUTF8(line: Int)
    /// The file begins as another encoding does; `name` is what iconv calls it.
    case otherEncoding(name: String)
    case truncated(line: Int)
    case trailingContent(line: Int)
    case noFeatures
    case featuresNotAnArray(line: Int)
    case featuresTwice(line: Int)
    case notACollection
    case recordTooLarge(limit: Int)
}

extension FileProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let reason): "the file cannot be read: \(reason)"
        case .empty: "the file is empty"
        case .notUTF8(let line): "line \(line) is not UTF-8 text; " + FileProblem.advice(from: "ISO-8859-1")
        case .otherEncoding(let name): "line 1 begins as \(name) text does; " + FileProblem.advice(from: name)
        case .truncated(let line): "the file ends too early, in the middle of what begins on line \(line)"
        case .trailingContent(let line): "something follows the end of the document, on line \(line)"
        case .noFeatures: #"the document has no "features" array: it is neither a FeatureCollection nor a Feature"#
        case .featuresNotAnArray(let line): #"the member "features", on line \#(line), must be an array"#
        case .featuresTwice(let line): #"the member "features" stands a second time, on line \#(line)"#
        case .notACollection: #"the document has "features" but its "type" is not "FeatureCollection""#
        case .recordTooLarge(let limit): "the record is larger than \(limit) bytes"
        }
    }

    private static func advice(from encoding: String) -> String {
        "convert the file to UTF-8 first, for example with: iconv -f \(encoding) -t UTF-8 OLD > NEW"
    }
}
