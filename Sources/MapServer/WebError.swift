/// Why a request is refused before anybody has looked for what it asks.
package enum WebError: Error, Equatable, Sendable {
    case noSuchPage
    case noSuchFeature(String)
    case noSuchTile
    case methodNotAllowed(allowed: [String])
    case unknownParameter(String, known: [String])
    case repeatedParameter(String)
    case invalidParameter(String, expected: String)
    case conflictingParameters(String, String)
    case parameterNeeds(String, other: String)
    case notAcceptable(offered: [String])
    case addressTooLong(limit: Int)
    case malformedAddress
    case bodyTooLarge(limit: Int)
    case bodyTooSlow
    case foreignOrigin
    case tooManyRequests(seconds: Int)
    case unauthorized
    case malformedHeader(String, expected: String)
    case preconditionFailed
    case damagedContent
    case formatNotImplemented(offered: String)
    case rangeNotSatisfiable(length: Int)
    case exportsBusy(seconds: Int)
    case importsBusy(seconds: Int)
    case importsNotOffered
    /// A cursor of so long ago, or of before a backup was restored, that nobody can say what has changed since.
    case changesNotKept
    /// Nothing is printed that leads nowhere; what is configured, if anything.
    case noPublicAddress(String?)
}

extension WebError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noSuchPage:
            "there is nothing at this address"
        case .noSuchFeature:
            "there is no feature with this id in this layer"
        case .noSuchTile:
            "there is no such tile: zoom is 0 to 22, column and row are 0 to 2^zoom - 1"
        case .methodNotAllowed(let allowed):
            "this address takes \(allowed.joined(separator: ", "))"
        case .unknownParameter(let name, let known):
            "the parameter “\(name)” is unknown here; "
                + (known.isEmpty ? "this address takes none" : "expected one of: \(known.joined(separator: ", "))")
        case .repeatedParameter(let name):
            "the parameter “\(name)” is given more than once"
        case .invalidParameter(let name, let expected):
            "the parameter “\(name)” cannot be read; expected \(expected)"
        case .conflictingParameters(let first, let second):
            "the parameters “\(first)” and “\(second)” cannot be given together"
        case .parameterNeeds(let name, let other):
            "the parameter “\(name)” has a meaning only with “\(other)”"
        case .notAcceptable(let offered):
            "this address offers \(offered.joined(separator: ", "))"
        case .addressTooLong(let limit):
            "the address has more than \(limit) bytes"
        case .malformedAddress:
            "the address holds a percent sign without two hexadecimal digits, or bytes that are not UTF-8"
        case .bodyTooLarge(let limit):
            "the body has more than \(limit) bytes"
        case .bodyTooSlow:
            "the body did not arrive in time"
        case .foreignOrigin:
            "pages of other sites may read here, not write"
        case .tooManyRequests(let seconds):
            "that was much in little time; try again in \(seconds) s"
        case .unauthorized:
            "a token that opens this is needed in Authorization: Bearer"
        case .malformedHeader(let name, let expected):
            "the header \(name) cannot be read; expected \(expected)"
        case .preconditionFailed:
            "it has changed since; read it again"
        case .damagedContent:
            "what is kept for this address is damaged"
        case .formatNotImplemented(let offered):
            "this address answers in \(offered) only"
        case .rangeNotSatisfiable(let length):
            "the range lies outside the file, which has \(length) bytes"
        case .exportsBusy(let seconds):
            "other files are being made; ask again in \(seconds) s"
        case .importsBusy(let seconds):
            "another file is being brought in; try again in \(seconds) s"
        case .importsNotOffered:
            "files are brought in by the command lieudit import here"
        case .changesNotKept:
            "what has changed since that cursor is not kept any more: begin anew, without since"
        case .noPublicAddress(let found):
            "a printed code is read for years, and \(found ?? "no public address") leads nobody here: set "
                + "LIEUDIT_PUBLIC_URL (or serve --public-url) to the address of this server, such as https://lieu.example"
        }
    }
}
