/// Whether a layer takes nothing for now but from those who look after it.
package struct Pause: Equatable, Sendable {
    package let isPaused: Bool
    /// For those who look after the layer; empty when none were given.
    package let reasons: String

    package init(isPaused: Bool, reasons: String = "") {
        self.isPaused = isPaused
        self.reasons = reasons
    }
}
