package import Contributions
package import MapFormats

/// What is wrong with one member of what a participant has sent.
package struct SubmissionFault: Equatable, Sendable {
    /// A JSON Pointer (RFC 6901) to the member.
    package let pointer: String
    package let problem: Problem

    package init(_ pointer: String, _ problem: Problem) {
        self.pointer = pointer
        self.problem = problem
    }

    /// A JSON Pointer to a member of an object at `parent`, with what the pointer's own signs stand for escaped.
    package static func pointer(toMember name: String, of parent: String = "") -> String {
        "\(parent)/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
    }

    package enum Problem: Equatable, Sendable {
        case missing
        case wrongType
        case unknownMember
        case notAPoint
        case coordinate(String)
        case consentNeeded
        case nothingToShow
        case tooLong(characters: Int, limit: Int)
        case tooMany(found: Int, limit: Int)
        case controlCharacter
        case directionOverride
        case invisibleCharacter
        case notADate
        case notALanguage
        case notOneOf([String])
        case tooFine(finest: Precision)
        /// A finer precision needs the pin again: nothing finer than what showed was ever kept.
        case pinNeeded
        /// Under 15 nobody signs.
        case tooYoungToSign
        case fixedAge
        case goodFaithNeeded
        case notFaceToFace
        case malformedCode
        case fixedLicence
        /// What was agreed to is not what is shown now.
        case changedRules
        case endsBeforeItBegins, longerThanADay, notATime, notADay, notADayOrTime, unlikeEnds, noWindow
        case closedAndOpen, dayGivenTwice, notASecureLink
        /// What is to be masked.
        case mark(Masking.Fault)
        case origin(OriginFault)
        case region(RegionFault)
        case outsideRegion
        /// The period, as it is pinned.
        case outsidePeriod(String)
        case notAColour
        /// What is read on a ground needs a ratio of so much at least (WCAG 2.2).
        case lowContrast(ratio: Double, least: Double)
        case unknownPartner
        case unknownLayer
        case malformedIdentifier
        /// The id of a new layer.
        case malformedLayer
        /// After what whoever asks has themselves.
        case tooLate
    }

    /// The same within another document, where it stands at `parent`.
    package func moved(under parent: String) -> SubmissionFault {
        SubmissionFault(parent + pointer, problem)
    }
}

/// Why what a participant has sent is not taken. Nothing of it has been kept.
package enum SubmissionError: Error, Equatable, Sendable {
    case notJSON(JSONError)
    /// Never empty; in the order in which the members were looked at.
    case faults([SubmissionFault])
}
