import Synchronization

/// The themes of one layer and the small numbers by which its index knows them.
///
/// A number is never given to another theme: whether any feature still bears one, the index says.
final class ThemeVocabulary: Sendable {
    private struct Known {
        var numbers: [String: UInt32] = [:]
        var names: [String] = []
    }

    private let known = Mutex(Known())

    /// The number of a theme, given to it now if it is new.
    func number(of theme: String) -> UInt32 {
        known.withLock { known in
            if let number = known.numbers[theme] { return number }
            let number = UInt32(known.names.count)
            known.numbers[theme] = number
            known.names.append(theme)
            return number
        }
    }

    /// The numbers of those themes that the layer has had.
    func known(_ themes: some Sequence<String>) -> [UInt32] {
        known.withLock { known in themes.compactMap { known.numbers[$0] } }
    }

    func names(of numbers: [UInt32]) -> [String] {
        known.withLock { known in numbers.map { known.names[Int($0)] } }
    }
}
