import Contributions
import Foundation
package import MapFormats

/// What one person writes to another about a contribution: reasons, a question, an answer.
package enum Remark {
    /// - Returns: the text between white space; empty for null.
    /// - Throws: `SubmissionError.faults`, with `pointer`.
    package static func read(_ value: JSONValue?, at pointer: String) throws(SubmissionError) -> String {
        guard let value, value != .null else { return "" }
        guard let text = value.text?.trimmed.precomposedStringWithCanonicalMapping else {
            throw fault(pointer, .wrongType)
        }
        if text.count > ContributionLimits.text {
            throw fault(pointer, .tooLong(characters: text.count, limit: ContributionLimits.text))
        }
        if let hidden = PlainText.fault(in: text) { throw fault(pointer, .init(hidden)) }
        return text
    }

    private static func fault(_ pointer: String, _ problem: SubmissionFault.Problem) -> SubmissionError {
        .faults([SubmissionFault(pointer, problem)])
    }
}
