import Contributions
import GRDB

/// Age band and parent's agreement beside the row of a contribution.
enum Minority {
    static let columns = """
        age_band.band AS age_band, parent_agreement.is_on_paper AS parent_is_on_paper,
        parent_agreement.answer_by AS parent_answer_by, parent_agreement.agreed_revision AS parent_agreed_revision
        """
    static let joins = """
        LEFT JOIN age_band ON age_band.contribution = contribution.number
        LEFT JOIN parent_agreement ON parent_agreement.contribution = contribution.number
        """

    static func read(_ row: Row) -> (AgeBand?, ParentAgreement?) {
        let band = (row["age_band"] as String?).flatMap(AgeBand.init)
        let agreement = (row["parent_is_on_paper"] as Bool?).map { isOnPaper in
            ParentAgreement(
                isOnPaper: isOnPaper, answerBy: row["parent_answer_by"], agreedRevision: row["parent_agreed_revision"])
        }
        return (band, agreement)
    }
}
