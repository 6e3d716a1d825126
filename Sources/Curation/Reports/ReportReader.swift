package import Contributions
import Foundation
import MapFormats

/// Reads what somebody reports. All that is wrong is said at once, member by member.
package struct ReportReader {
    private var faults: [SubmissionFault] = []

    /// Characters of a name or an e-mail.
    package static let longestContact = 200

    /// - Throws: `SubmissionError`.
    package static func read(_ bytes: some Collection<UInt8>) throws(SubmissionError) -> Report {
        guard case .object(let body) = try SubmissionReader.value(bytes) else {
            throw .faults([SubmissionFault("", .wrongType)])
        }
        var reader = ReportReader()
        let report = reader.report(body)
        guard let report, reader.faults.isEmpty else { throw .faults(reader.faults) }
        return report
    }

    /// Nil when there is no reason, which is a fault then.
    private mutating func report(_ body: JSONObject) -> Report? {
        var report = Report(reason: .other)
        for member in body.members {
            let pointer = SubmissionFault.pointer(toMember: member.name)
            switch member.name {
            case "reason": break
            case "text": report.text = text(member.value, pointer, limit: ContributionLimits.text) ?? ""
            case "contact":
                report.contact = text(member.value, pointer, limit: Self.longestContact, isLine: true)
            case "good_faith":
                if case .boolean(let flag) = member.value {
                    report.isGoodFaith = flag
                } else {
                    fail(pointer, .wrongType)
                }
            default: fail(pointer, .unknownMember)
            }
        }
        guard let reason = reason(body["reason"]) else { return nil }
        report.reason = reason
        if reason == .illegal { requireNotice(report) }
        return report
    }

    private mutating func reason(_ value: JSONValue?) -> ReportReason? {
        guard let value, value != .null else {
            fail("/reason", .missing)
            return nil
        }
        if let reason = value.text.flatMap(ReportReason.init) { return reason }
        fail("/reason", .notOneOf(ReportReason.allCases.map(\.rawValue)))
        return nil
    }

    /// What a notice of illegal content has (Digital Services Act, article 16, 2): why, where, which is the address
    /// itself, and that it is said in good faith. The name and the e-mail are for the reporter to give or not.
    private mutating func requireNotice(_ report: Report) {
        if report.text.isEmpty, !faults.contains(where: { $0.pointer == "/text" }) { fail("/text", .missing) }
        if !report.isGoodFaith { fail("/good_faith", .goodFaithNeeded) }
    }

    /// Nil for null and for what is empty.
    private mutating func text(
        _ value: JSONValue, _ pointer: String, limit: Int, isLine: Bool = false
    ) -> String? {
        guard value != .null else { return nil }
        guard let text = value.text else {
            fail(pointer, .wrongType)
            return nil
        }
        let tidy = text.replacing("\r\n", with: "\n").trimmed.precomposedStringWithCanonicalMapping
        if tidy.count > limit { fail(pointer, .tooLong(characters: tidy.count, limit: limit)) }
        if let fault = isLine ? PlainText.fault(inLine: tidy) : PlainText.fault(in: tidy) {
            fail(pointer, .init(fault))
        }
        return tidy.isEmpty ? nil : tidy
    }

    private mutating func fail(_ pointer: String, _ problem: SubmissionFault.Problem) {
        faults.append(SubmissionFault(pointer, problem))
    }
}
