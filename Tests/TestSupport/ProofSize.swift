import Foundation

/// How much a proof tries: little while one works, all that it promises with `LIEUDIT_PROOF_SIZE=full`.
package enum ProofSize {
    package static let isFull = ProcessInfo.processInfo.environment["LIEUDIT_PROOF_SIZE"] == "full"

    package static func count(_ small: Int, full: Int) -> Int { isFull ? full : small }
}
