package import Contributions
import Foundation
import GRDB

/// How a parent is asked about what somebody under 15 gives.
package enum ParentQuestion: Equatable, Sendable {
    /// A group leader has attested that the agreement is held on paper.
    case onPaper
    /// Through a code that the child hands on, until a moment in seconds since 1970 UTC.
    case asked(PaperCode, answerBy: Int64)

    var agreement: ParentAgreement {
        switch self {
        case .onPaper: ParentAgreement(isOnPaper: true, answerBy: nil, agreedRevision: nil)
        case .asked(_, let moment): ParentAgreement(isOnPaper: false, answerBy: moment, agreedRevision: nil)
        }
    }
}

extension NewContribution {
    /// Nobody looks at it before a parent does.
    var firstState: ContributionState {
        if case .asked = parent { .awaitingParent } else { .pending }
    }
}

/// What is kept because somebody is a minor.
extension StoreTransaction {
    func insertAge(of new: NewContribution, contribution number: Int64) throws {
        guard let band = new.ageBand else { return }
        try database.cachedStatement(sql: "INSERT INTO age_band (contribution, band) VALUES (?, ?)")
            .execute(arguments: [number, band.rawValue])
        guard let question = new.parent else { return }
        let digest: Digest? =
            if case .asked(let code, _) = question { code.digest(key: try instanceKey()) } else { nil }
        try database.cachedStatement(
            sql: """
                INSERT INTO parent_agreement (contribution, is_on_paper, code_hash, answer_by) VALUES (?, ?, ?, ?)
                """
        ).execute(arguments: [
            number, question == .onPaper, digest.map { Data($0.bytes) }, question.agreement.answerBy,
        ])
    }

    /// What a parent's code opens; nil for none, and for one whose time has passed unanswered.
    package func contribution(forParent code: Digest, at moment: Int64) throws -> StoredContribution? {
        let stored = try StoredContribution.fetch(
            database,
            where: "contribution.number = (SELECT contribution FROM parent_agreement WHERE code_hash = ?)",
            [Data(code.bytes)]
        ).first
        guard let parent = stored?.parent, parent.agreedRevision == nil, let end = parent.answerBy else {
            return stored
        }
        return end > moment ? stored : nil
    }

    /// Gives the child another code to hand on; the one before opens nothing any more.
    package func reissue(parentCode code: PaperCode, for stored: StoredContribution) throws {
        try database.execute(
            sql: "UPDATE parent_agreement SET code_hash = ? WHERE contribution = ? AND NOT is_on_paper",
            arguments: [Data(code.digest(key: try instanceKey()).bytes), stored.number])
    }

    /// What was given last waits for the parent; one who is being asked already is not given longer.
    package func askParent(about stored: StoredContribution, answerBy moment: Int64) throws {
        try database.execute(
            sql: "UPDATE parent_agreement SET answer_by = coalesce(answer_by, ?) WHERE contribution = ?",
            arguments: [moment, stored.number])
    }

    /// What the parent has seen is agreed to.
    package func noteAgreement(to stored: StoredContribution, at moment: Int64) throws {
        try database.execute(
            sql: """
                UPDATE parent_agreement SET answer_by = NULL, agreed_at = ?, agreed_revision = ? WHERE contribution = ?
                """, arguments: [moment, stored.revision, stored.number])
    }

    /// The change about which a parent was asked is not there any more; what they had agreed to is.
    func ceaseAskingParent(about stored: StoredContribution) throws {
        guard stored.parent != nil else { return }
        try database.execute(
            sql: "UPDATE parent_agreement SET answer_by = NULL WHERE contribution = ? AND agreed_at IS NOT NULL",
            arguments: [stored.number])
    }

    /// Whatever no parent has answered about by now, in the order of ids.
    package func unanswered(at moment: Int64) throws -> [StoredContribution] {
        try StoredContribution.fetch(
            database, where: "parent_agreement.answer_by <= ? ORDER BY contribution.public_id", [moment])
    }

    /// Whether a code invites to a layer now, and its group leader has attested that the agreements of the parents
    /// are held on paper.
    package func isInvitedOnPaper(_ code: PaperCode, to layer: LayerIdentifier) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM invitation JOIN layer ON layer.number = invitation.layer
                               WHERE code_hash = ? AND layer.identifier = ? AND NOT is_revoked AND parents_on_paper)
                """,
            arguments: [Data(code.digest(key: try instanceKey()).bytes), layer.text]) ?? false
    }

    /// Notes the attestation beside an invitation that was just made.
    package func attestParentsOnPaper(_ invitation: PublicIdentifier) throws {
        try database.execute(
            sql: "UPDATE invitation SET parents_on_paper = 1 WHERE public_id = ?",
            arguments: [Data(invitation.bytes)])
    }
}
