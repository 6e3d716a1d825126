import Contributions
import Curation
import HTTPTypes
import MapFormats
import MapGeometry
import SpatialDatabase

/// An error as it goes over the wire: `application/problem+json` (RFC 9457), with the `code` and
/// `description` that OGC API clients look for.
struct Problem {
    let status: HTTPResponse.Status
    let code: String
    let detail: String
    /// The query parameter at fault, where there is one.
    var parameter: String?
    /// What is wrong with each member of a body, where there is one.
    var faults: [JSONValue] = []
    /// What else a program may want to know.
    var members: JSONObject = [:]
    var headers: HTTPFields = [:]

    var body: [UInt8] {
        var members = JSONObject()
        members["type"] = "about:blank"
        members["title"] = .string(status.reasonPhrase)
        members["status"] = .integer(Int64(status.code))
        members["detail"] = .string(detail)
        members["code"] = .string(code)
        members["description"] = .string(detail)
        members["parameter"] = parameter.map(JSONValue.string)
        if !faults.isEmpty { members["errors"] = .array(faults) }
        for member in self.members.members { members[member.name] = member.value }
        var bytes: [UInt8] = []
        JSONWriter.append(members, to: &bytes)
        return bytes
    }
}

/// Every error of every target and what the web is told of it. No `default`: a new case must be thought of.
extension Problem {
    /// - Parameter language: of the sentences that people read who contribute; what only programs get wrong is English.
    init(_ error: any Error, in language: Language = .english) {
        switch error {
        case let error as SubmissionError: self.init(error, language)
        case let error as CurationError: self.init(error, language)
        case let error as WebError: self.init(error)
        case let error as StoreError: self.init(error)
        case let error as ContributionError: self.init(error)
        case let error as GeometryError:
            self.init(status: .badRequest, code: "InvalidGeometry", detail: error.description)
        case let error as FormatError:
            self.init(status: .unprocessableContent, code: "InvalidBody", detail: error.description)
        case let error as ExportError: self.init(error)
        case let error as ImportError:
            self.init(status: .unprocessableContent, code: "InvalidFile", detail: error.description)
        default:
            // Anything else is a fault of ours; its words may hold what must not leave the house.
            self.init(
                status: .internalServerError, code: "ServerError",
                detail: "something went wrong here; it is not your request")
        }
    }

    private init(_ error: WebError) {
        let detail = error.description
        switch error {
        case .noSuchPage: self.init(status: .notFound, code: "NotFound", detail: detail)
        case .noSuchFeature: self.init(status: .notFound, code: "NotFound", detail: detail)
        case .noSuchTile: self.init(status: .notFound, code: "NotFound", detail: detail)
        case .methodNotAllowed(let allowed):
            self.init(
                status: .methodNotAllowed, code: "MethodNotAllowed", detail: detail,
                headers: [.allow: allowed.joined(separator: ", ")])
        case .unknownParameter(let name, _), .repeatedParameter(let name), .invalidParameter(let name, _),
            .conflictingParameters(let name, _), .parameterNeeds(let name, _):
            self.init(status: .badRequest, code: "InvalidParameterValue", detail: detail, parameter: name)
        case .notAcceptable: self.init(status: .notAcceptable, code: "NotAcceptable", detail: detail)
        case .addressTooLong: self.init(status: .uriTooLong, code: "AddressTooLong", detail: detail)
        case .malformedAddress: self.init(status: .badRequest, code: "MalformedAddress", detail: detail)
        case .bodyTooLarge:
            self.init(
                status: .contentTooLarge, code: "BodyTooLarge", detail: detail, headers: [.connection: "close"])
        case .bodyTooSlow:
            self.init(
                status: .requestTimeout, code: "BodyTooSlow", detail: detail, headers: [.connection: "close"])
        case .foreignOrigin: self.init(status: .forbidden, code: "ForeignOrigin", detail: detail)
        case .tooManyRequests(let seconds):
            self.init(
                status: .tooManyRequests, code: "TooManyRequests", detail: detail,
                headers: [.retryAfter: String(seconds)])
        case .unauthorized:
            self.init(
                status: .unauthorized, code: "Unauthorized", detail: detail, headers: [.wwwAuthenticate: "Bearer"])
        case .malformedHeader: self.init(status: .badRequest, code: "InvalidHeader", detail: detail)
        case .damagedContent: self.init(status: .internalServerError, code: "ServerError", detail: detail)
        case .formatNotImplemented:
            self.init(status: .notImplemented, code: "NotImplemented", detail: detail, parameter: "format")
        case .rangeNotSatisfiable(let length):
            self.init(
                status: .rangeNotSatisfiable, code: "RangeNotSatisfiable", detail: detail,
                headers: [.contentRange: "bytes */\(length)"])
        case .exportsBusy(let seconds), .importsBusy(let seconds):
            self.init(
                status: .serviceUnavailable, code: "Busy", detail: detail, headers: [.retryAfter: String(seconds)])
        case .importsNotOffered: self.init(status: .notImplemented, code: "NotImplemented", detail: detail)
        case .changesNotKept: self.init(status: .gone, code: "Gone", detail: detail)
        case .noPublicAddress: self.init(status: .conflict, code: "NoPublicAddress", detail: detail)
        case .preconditionFailed: self.init(status: .preconditionFailed, code: "PreconditionFailed", detail: detail)
        }
    }

    private init(_ error: ExportError) {
        switch error {
        case .notInstalled:
            self.init(status: .notImplemented, code: "NotInstalled", detail: error.description)
        case .tooManyTiles:
            self.init(status: .notImplemented, code: "TooLarge", detail: error.description)
        case .conversionFailed:
            self.init(status: .internalServerError, code: "ConversionFailed", detail: error.description)
        case .notWritten, .compression:
            self.init(
                status: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"), code: "NotWritten",
                detail: "there is no room here to make this file now")
        }
    }

    private init(_ error: StoreError) {
        switch error {
        case .unknownLayer:
            self.init(status: .notFound, code: "NotFound", detail: "there is no such layer")
        case .busy(let seconds):
            self.init(
                status: .serviceUnavailable, code: "Busy", detail: error.description,
                headers: [.retryAfter: String(max(seconds, 1))])
        case .layerExists:
            self.init(status: .conflict, code: "Conflict", detail: error.description)
        case .duplicateIdentifier:
            self.init(status: .conflict, code: "Conflict", detail: error.description)
        case .noRoom:
            self.init(
                status: .init(code: 507, reasonPhrase: "Insufficient Storage"), code: "NoRoom",
                detail: error.description)
        case .unwritable, .cannotKeepTombstones:
            self.init(
                status: .serviceUnavailable, code: "Unwritable", detail: StoreError.unwritable(path: "").description,
                headers: [.retryAfter: "60"])
        case .missing, .newer, .damagedTombstones, .notAStore, .cannotOpen, .locked, .cannotLock, .unsafeSetting,
            .damagedRow, .damagedGeometry,
            .spatialSetup:
            self.init(status: .internalServerError, code: "ServerError", detail: "the store cannot answer now")
        case .notABasemap, .damagedBasemap:
            self.init(status: .internalServerError, code: "ServerError", detail: "the basemap cannot answer now")
        }
    }

    private init(_ error: ContributionError) {
        switch error {
        case .layerIdentifier, .identifier:
            self.init(status: .notFound, code: "NotFound", detail: "there is nothing at this address")
        case .kind, .precision, .date, .language, .tooLong, .tooManyProperties, .tooManyThemes, .theme:
            self.init(status: .unprocessableContent, code: "InvalidContribution", detail: error.description)
        }
    }
}
