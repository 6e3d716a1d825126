import HTTPTypes

/// Which of several representations a client gets: `f=` wins, then `Accept` with its weights.
enum MediaChoice {
    /// - Parameter offers: name in `f=` → media type, whose parameters are of no matter; of equals the first wins.
    /// - Throws: `WebError.invalidParameter`, `WebError.notAcceptable`.
    static func of(
        _ request: RouteRequest, _ offers: KeyValuePairs<String, String>, byDefault: String
    ) throws(WebError) -> String {
        // Whoever names nothing gets the default, as most programs do.
        if request.parameters["f"] == nil, request.headers[.accept].map({ $0 == "*/*" }) ?? true { return byDefault }
        return try of(request, offers.map { ($0.key, $0.value) }, byDefault: byDefault)
    }

    static func of(
        _ request: RouteRequest, _ offers: [(key: String, value: String)], byDefault: String
    ) throws(WebError) -> String {
        if let name = request.parameters["f"] {
            guard offers.contains(where: { $0.key == name }) else {
                throw .invalidParameter("f", expected: offers.map(\.key).joined(separator: " or "))
            }
            return name
        }
        guard let accept = request.headers[.accept] else { return byDefault }
        let weights = zip(offers, weights(of: offers.map(\.value), in: accept)).map { (name: $0.key, weight: $1) }
        guard let best = weights.map(\.weight).max(), best.quality > 0 else {
            throw .notAcceptable(offered: offers.map(\.value))
        }
        // Between equals the default wins, as for `*/*`.
        if weights.contains(where: { $0.name == byDefault && $0.weight.quality == best.quality && best.precision == 0 })
        {
            return byDefault
        }
        return weights.first { $0.weight == best }?.name ?? byDefault
    }

    /// Whether a client that sends this `Accept` takes one of these media types.
    static func isAny(of types: [String], acceptedBy accept: String) -> Bool {
        weights(of: types, in: accept).contains { $0.quality > 0 }
    }

    private static func weights(of types: [String], in accept: String) -> [MediaRange.Weight] {
        let ranges = accept.split(separator: ",").map(MediaRange.init)
        return types.map { type in
            let bare = String(type.prefix { $0 != ";" })
            return MediaRange.mostPrecise(ranges.map { $0.weight(of: bare) })
        }
    }

    /// One item of `Accept`, such as `text/*;q=0.5` (RFC 9110, section 12.5.1).
    private struct MediaRange {
        struct Weight: Comparable {
            let quality: Double
            /// 2 for a whole type, 1 for `type/*`, 0 for `*/*`, −1 when nothing names it.
            let precision: Int

            static let none = Weight(quality: 0, precision: -1)

            static func < (a: Weight, b: Weight) -> Bool {
                a.quality != b.quality ? a.quality < b.quality : a.precision < b.precision
            }
        }

        private let type: String
        private let quality: Double

        init(_ text: Substring) {
            let parts = text.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            type = parts.first ?? ""
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            quality = weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
        }

        /// What names a type more precisely decides, so that `*/*` brings back nothing that is refused by name.
        static func mostPrecise(_ weights: [Weight]) -> Weight {
            weights.max { ($0.precision, $0.quality) < ($1.precision, $1.quality) } ?? .none
        }

        func weight(of offer: String) -> Weight {
            if type == offer { return Weight(quality: quality, precision: 2) }
            if type == offer.prefix(while: { $0 != "/" }) + "/*" { return Weight(quality: quality, precision: 1) }
            return type == "*/*" ? Weight(quality: quality, precision: 0) : .none
        }
    }
}
