import Contributions
import Curation
import SpatialIndex

/// The form with which a visitor chooses among the contributions of a layer, without a script too.
struct FilterForm {
    private let parameters: QueryParameters
    private let layer: PublishedLayer
    private let words: Words

    init(_ parameters: QueryParameters, _ layer: PublishedLayer, _ words: Words) {
        self.parameters = parameters
        self.layer = layer
        self.words = words
    }

    /// What the form sends as parameters of the contract: two years are a `datetime`, and empty fields ask for nothing.
    static func tidied(_ parameters: QueryParameters) -> QueryParameters {
        var tidy = parameters.dropping { name, value in
            switch name {
            case "from", "to": true
            case "q": TextFolding.words(in: value).isEmpty
            case "kind", "theme", "datetime": value.isEmpty
            default: false
            }
        }
        guard parameters["from"] != nil || parameters["to"] != nil else { return tidy }
        let years = Years(from: parameters["from"] ?? "", to: parameters["to"] ?? "")
        tidy = tidy.dropping { name, _ in name == "datetime" }
        return years.datetime.map { tidy.adding("datetime", $0) } ?? tidy
    }

    var values: [String: Any] {
        let (kinds, themes, years) = (kinds, themes, years)
        var values: [String: Any] = [
            "kindChoices": kinds, "hasKinds": kinds.count > 2, "themeChoices": themes, "hasThemes": themes.count > 1,
            "isFiltered": isFiltered, "hasMore": kinds.count > 2 || themes.count > 1 || years != nil,
            "isRefined": ["kind", "theme", "datetime"].contains { parameters[$0] != nil },
        ]
        values["years"] = years
        return values
    }

    /// The years that there are, and those asked for; nil when nothing in the layer has a time.
    private var years: [String: String]? {
        guard let known = Years(layer.snapshot.timeExtent), let any = known.from ?? known.to else { return nil }
        let asked = Years(datetime: parameters["datetime"] ?? "")
        return [
            "least": String(known.from ?? any - Self.openYears), "greatest": String(known.to ?? any + Self.openYears),
            "from": asked.from.map(String.init) ?? "", "to": asked.to.map(String.init) ?? "",
        ]
    }

    /// How far the slider goes where the times of a layer have no end.
    private static let openYears: Int64 = 100

    private var isFiltered: Bool { ["kind", "theme", "datetime", "q"].contains { parameters[$0] != nil } }

    /// All, then each kind that there is; what was asked otherwise, such as two kinds, is a choice of its own.
    private var kinds: [[String: Any]] {
        choices(
            "kind", Kind.allCases.filter(isThere).map { ($0.rawValue, name($0.rawValue)) },
            all: words["reading", "allKinds"] ?? "")
    }

    /// Large layers are not looked through for it: there, whatever the layer takes may be.
    private func isThere(_ kind: Kind) -> Bool {
        let snapshot = layer.snapshot
        guard snapshot.count <= Self.largestSearch else { return layer.layer.kinds.contains(kind) }
        let filter = FeatureFilter(kinds: [kind.number])
        return !snapshot.features(matching: filter, limit: 1).features.isEmpty
    }

    private static let largestSearch = 50_000

    private var themes: [[String: Any]] {
        choices(
            "theme", layer.themes.filter { !$0.contains(",") }.prefix(Self.mostThemes).map { ($0, $0) },
            all: words["reading", "allThemes"] ?? "")
    }

    /// A list that nobody reads to its end helps nobody; words find what it leaves out.
    private static let mostThemes = 200

    private func name(_ kind: String) -> String { words["kinds", kind] ?? kind }

    private func choices(_ parameter: String, _ known: [(String, String)], all: String) -> [[String: Any]] {
        let asked = parameters[parameter] ?? ""
        var every = [("", all)] + known
        if !every.contains(where: { $0.0 == asked }) {
            let names = asked.split(separator: ",").map { part in known.first { $0.0 == part }?.1 ?? String(part) }
            every.append((asked, names.joined(separator: ", ")))
        }
        return every.map { ["value": $0.0, "name": $0.1, "isAsked": $0.0 == asked, "isAll": $0.0.isEmpty] }
    }
}
