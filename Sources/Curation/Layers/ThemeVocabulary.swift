import Synchronization

/// The themes of one layer and the small numbers by which its index knows them.
final class ThemeVocabulary: Sendable {
    private let numbers = Mutex<[String: UInt32]>([:])

    /// The number of a theme, given to it now if it is new.
    func number(of theme: String) -> UInt32 {
        numbers.withLock { numbers in
            if let number = numbers[theme] { return number }
            let number = UInt32(numbers.count)
            numbers[theme] = number
            return number
        }
    }

    /// The numbers of those themes that the layer has.
    func known(_ themes: some Sequence<String>) -> [UInt32] {
        numbers.withLock { numbers in themes.compactMap { numbers[$0] } }
    }

    var themes: [String] { numbers.withLock { $0.keys.sorted() } }
}
