import Foundation

/// A colour of sRGB, as `#rrggbb` writes it.
struct ThemeColour: Equatable {
    let text: String
    private let channels: [Double]

    /// Nil for anything but `#` and six hexadecimal digits.
    init?(_ text: String) {
        let digits = text.dropFirst()
        guard text.first == "#", digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
            let number = Int(digits, radix: 16)
        else { return nil }
        self.text = "#" + digits.lowercased()
        channels = [16, 8, 0].map { Double(number >> $0 & 0xFF) / 255 }
    }

    /// How much two colours differ in light, from 1 to 21 (WCAG 2.2, "contrast ratio").
    func contrast(with other: ThemeColour) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// So much of another colour in this one, from 0 to 1, channel by channel.
    func mixed(with other: ThemeColour, _ part: Double) -> ThemeColour {
        ThemeColour(zip(channels, other.channels).map { $0 + ($1 - $0) * part })
    }

    /// As near as six digits come, so that it is what it says.
    private init(_ channels: [Double]) {
        let bytes = channels.map { ($0 * 255).rounded() }
        self.channels = bytes.map { $0 / 255 }
        text = "#" + bytes.map { String(format: "%02x", Int($0)) }.joined()
    }

    /// WCAG 2.2, "relative luminance".
    private var luminance: Double {
        let linear = channels.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}
