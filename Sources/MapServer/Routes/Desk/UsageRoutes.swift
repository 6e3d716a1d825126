import Contributions
import Curation
import HTTPTypes
import MapFormats
import SpatialDatabase

/// `GET /moderation/usage`: how often maps were looked at, a day, as far as it tells of nobody.
enum UsageRoutes {
    static let parameters: [Parameter] = [.days]

    static func totals(_ request: RouteRequest) throws -> Reply {
        let token = try request.requireToken()
        guard token.role != .partner else { throw CurationError.unknownContribution }
        let days =
            try FeatureQueryParser(parameters: request.parameters).value(.days) { text in
                Int(text).flatMap { (1...UsageRule.days).contains($0) ? $0 : nil }
            } ?? Parameter.usualDays
        let since = request.site.localTime.day(of: request.now - Int64(days - 1) * 86_400)
        let totals = try request.site.layers.store.usage(since: since).filter { total in
            (try? LayerIdentifier(total.layer)).map(token.mayReview) ?? false
        }
        let document: JSONObject = ["since": .string(since), "days": .array(totals.map(Self.total))]
        return Reply(.bytes(document.bytes), mediaType: MediaType.json)
    }

    /// Without a count where there were too few to tell.
    private static func total(_ total: UsageTotal) -> JSONValue {
        [
            "day": .string(total.day), "layer": .string(total.layer),
            "partner": total.partner.map(JSONValue.string) ?? .null,
            "embed": total.embed.map(JSONValue.string) ?? .null,
            "count": total.count.map { .integer(Int64($0)) } ?? .null,
        ]
    }
}

extension Parameter {
    static let usualDays = 30
    static let days = Parameter(
        name: "days", expected: "how many days back, a whole number from 1 to 760",
        schema: .wholeNumber(1...UsageRule.days, byDefault: usualDays))
}

extension Operation {
    static let usage = Operation(
        "usage", "How often maps were looked at, a day, by layer and partner's map; rounded, and few not told",
        Answer(MediaType.json, .usage)
    ).taking(nil, .bearer)
}
