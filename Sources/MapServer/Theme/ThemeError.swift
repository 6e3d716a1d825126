import Foundation

/// Why a venue's theme is not taken. Each is a sentence that says what to mend.
package enum ThemeError: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case unknownName(String)
    case noColour(String, String)
    case contrast(String, String, on: String, String, ratio: Double, least: Double)

    package var description: String {
        switch self {
        case .unreadable(let path): "\(path) is no JSON object with the members day and night"
        case .unknownName(let name): "the theme names \(name), which is no colour of our pages"
        case .noColour(let name, let value): "\(name) is \(value); a colour is written as #rrggbb"
        case .contrast(let name, let colour, let ground, let under, let ratio, let least):
            "\(name) \(colour) on \(ground) \(under) has a contrast of \(Self.text(ratio)) : 1; it needs \(Self.text(least)) : 1"
        }
    }

    private static func text(_ ratio: Double) -> String { String(format: "%.2f", ratio) }
}
