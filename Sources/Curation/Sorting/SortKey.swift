package import Contributions
import MapFormats
package import SpatialIndex

/// Where a feature stands in an order that a question names.
package struct SortKey: Comparable, Sendable {
    package let order: FeatureOrder
    /// One for each term of the order; of no matter where that is the id.
    package let values: [SortValue]
    package let identifier: UInt128

    package init(order: FeatureOrder, values: [SortValue], identifier: UInt128) {
        self.order = order
        self.values = values
        self.identifier = identifier
    }

    init(of feature: FeatureReference, in order: FeatureOrder) {
        self.init(
            order: order, values: order.terms.map { Self.value(of: feature, $0.property) },
            identifier: feature.identifier)
    }

    package static func < (a: SortKey, b: SortKey) -> Bool {
        for (place, term) in a.order.terms.enumerated() {
            if term.property == .id, a.identifier != b.identifier {
                return (a.identifier < b.identifier) != term.isDescending
            }
            let isBefore = a.values[place].isBefore(b.values[place], isDescending: term.isDescending)
            if let isBefore { return isBefore }
        }
        return a.identifier < b.identifier
    }

    private static func value(of feature: FeatureReference, _ property: FeatureOrder.Property) -> SortValue {
        switch property {
        case .title: text(of: feature, title)
        case .lang: text(of: feature, language)
        case .author: text(of: feature, author)
        case .when: feature.time.map { .number($0.lowerBound) } ?? .missing
        case .kind: kindRanks[feature.kind].map(SortValue.number) ?? .missing
        case .id: .missing
        }
    }

    private static let title = PropertyName("title")
    private static let language = PropertyName("lang")
    private static let author = PropertyName("author")

    /// By the number of a kind, where its name stands in the alphabet.
    private static let kindRanks = Dictionary(
        uniqueKeysWithValues: Kind.allCases.sorted { $0.rawValue < $1.rawValue }.enumerated().map {
            ($1.number, Int64($0))
        })

    private static func text(of feature: FeatureReference, _ name: PropertyName) -> SortValue {
        let text = feature.withProperty(name) { value -> String? in
            // Most texts need no decoding: they stand between their quotes as they are.
            if value.count >= 2, !value.contains(UInt8(ascii: "\\")) {
                return String(decoding: value.dropFirst().dropLast(), as: UTF8.self)
            }
            return try? JSONParser.parse(value).text
        }
        guard let text = text ?? nil, !text.isEmpty else { return .missing }
        return .text(SortText(text))
    }
}
