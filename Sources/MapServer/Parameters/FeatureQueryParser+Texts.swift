import Contributions

/// Conditions on properties by equality, and the order by properties.
extension FeatureQueryParser {
    /// - Throws: `WebError.invalidParameter`.
    func texts() throws(WebError) -> [TextProperty: Set<String>] {
        var texts: [TextProperty: Set<String>] = [:]
        for property in TextProperty.allCases {
            guard let values = try value(.text(property), read: { Self.values(of: property, $0) }) else { continue }
            texts[property] = values
        }
        return texts
    }

    /// The order that `sortby` asks for; nil when it is not given.
    /// - Throws: `WebError.invalidParameter`; `.conflictingParameters` beside `near`, which is an order too.
    func order() throws(WebError) -> FeatureOrder? {
        let order = try value(.sortby, read: Self.order)
        if order != nil, parameters[Parameter.near.name] != nil {
            throw .conflictingParameters(Parameter.near.name, Parameter.sortby.name)
        }
        return order
    }

    /// Titles and names of authors may hold commas, so that such a text is one value.
    private static func values(of property: TextProperty, _ text: String) -> Set<String>? {
        switch property {
        case .title, .author: return text.isEmpty ? nil : [text]
        case .when, .lang, .licence: return list(text)
        case .precision:
            guard let names = list(text), names.allSatisfy({ Precision(rawValue: $0) != nil }) else { return nil }
            return names
        }
    }

    static func order(_ text: String) -> FeatureOrder? {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        let terms = fields.compactMap(term)
        return terms.count == fields.count ? FeatureOrder(terms) : nil
    }

    /// A plus that was not percent-encoded arrives as the space that it stands for in a query.
    private static func term(_ text: Substring) -> FeatureOrder.Term? {
        let hasSign = text.first.map { "+- ".contains($0) } ?? false
        let property = FeatureOrder.Property(rawValue: String(hasSign ? text.dropFirst() : text))
        return property.map { .init($0, isDescending: text.first == "-") }
    }
}
