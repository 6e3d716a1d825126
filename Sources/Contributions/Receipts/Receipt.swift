/// What a person keeps to change or withdraw what they gave; given once, and known to the store by hashes only.
package struct Receipt: Equatable, Sendable {
    /// For a link, in its fragment.
    package let token: Secret
    /// For paper.
    package let code: PaperCode

    package static func random(using generator: inout some RandomNumberGenerator) -> Receipt {
        Receipt(token: .random(using: &generator), code: .random(using: &generator))
    }

    package init(token: Secret, code: PaperCode) {
        self.token = token
        self.code = code
    }
}
