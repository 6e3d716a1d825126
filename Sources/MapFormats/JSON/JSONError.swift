/// Why a text is not JSON, and where.
package struct JSONError: Error, Equatable, Sendable {
    package enum Problem: Equatable, Sendable {
        case unexpectedEnd
        /// `expected` completes the sentence "… stands where … should be".
        case unexpectedByte(UInt8, expected: String)
        case notANumber
        case malformedNumber
        case numberTooLarge
        case controlCharacter(UInt8)
        case unknownEscape
        case loneSurrogate
        case invalidUTF8
        case tooDeep(limit: Int)
        case trailingContent
        case byteOrderMark
    }

    package let problem: Problem
    /// Bytes before the place of the problem.
    package let offset: Int
    /// The line of the problem; the first is 1.
    package let line: Int

    package init(_ problem: Problem, offset: Int, line: Int) {
        self.problem = problem
        self.offset = offset
        self.line = line
    }

    /// The same problem of a text that begins `offset` bytes into a file, on line `line` of it.
    package func inFile(offset: Int, line: Int) -> JSONError {
        JSONError(problem, offset: self.offset + offset, line: self.line + line - 1)
    }
}

extension JSONError: CustomStringConvertible {
    package var description: String {
        "line \(line), byte \(offset): \(problem.sentence)"
    }
}

extension JSONError.Problem {
    fileprivate var sentence: String {
        switch self {
        case .unexpectedEnd: "the JSON text ends in the middle of a value"
        case .unexpectedByte(let byte, let expected):
            "\(JSONError.Problem.name(of: byte)) stands where \(expected) should be"
        case .notANumber: "JSON has no NaN and no Infinity; write null for an unknown number"
        case .malformedNumber: "a number is not written as JSON asks (as in -12, 0.5 or 1e3)"
        case .numberTooLarge: "a number is too large for 64 bits of floating point"
        case .controlCharacter(let byte): "the control character \(byte) in a string must be written as an escape"
        case .unknownEscape: "a backslash in a string begins none of JSON's escapes"
        case .loneSurrogate: "a \\u escape holds half a surrogate pair"
        case .invalidUTF8: "a string is not UTF-8"
        case .tooDeep(let limit): "arrays and objects are nested deeper than \(limit) levels"
        case .trailingContent: "something follows the end of the JSON value"
        case .byteOrderMark: "the JSON text begins with a byte order mark, which must be left out"
        }
    }

    private static func name(of byte: UInt8) -> String {
        (0x21...0x7E).contains(byte) ? "“\(Character(Unicode.Scalar(byte)))”" : "the byte \(byte)"
    }
}
