import Contributions
import Curation
import MapFormats

/// What the properties of a layer's features are, as JSON Schema 2020-12 (OGC API – Common – Part 3: Schemas).
enum LayerSchema: String, CaseIterable {
    /// What may be asked for by equality.
    case queryables
    /// What `sortby` takes.
    case sortables
    /// What comes back. People may give properties of their own beside these.
    case returnables = "schema"

    /// The relation of the links that lead to it.
    var relation: String { "http://www.opengis.net/def/rel/ogc/1.0/\(rawValue)" }

    private var title: String {
        switch self {
        case .queryables: "Queryables"
        case .sortables: "Sortables"
        case .returnables: "Schema"
        }
    }

    /// - Parameter address: of the layer.
    func link(at address: String) -> Link {
        Link(relation, "\(address)/\(rawValue)", type: MediaType.schema, title: title)
    }

    /// - Parameter address: the layer's own, without a query.
    func document(of layer: PublishedLayer, at address: String) -> JSONObject {
        var document: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": .string("\(address)/\(rawValue)"),
            "type": "object", "title": .string(layer.layer.title), "properties": .object(properties),
        ]
        if self == .returnables { document["required"] = ["kind", "title", "precision"] }
        document["additionalProperties"] = .boolean(self == .returnables)
        return document
    }

    private var properties: JSONObject {
        switch self {
        case .queryables: Self.queryableProperties
        case .sortables:
            JSONObject(FeatureOrder.Property.allCases.map { ($0.rawValue, Self.described($0.rawValue)) })
        case .returnables: Self.returnableProperties
        }
    }

    /// Those with a simple value have the very schema of the query parameter of their name.
    private static let queryableProperties: JSONObject = {
        let texts = [Parameter.kind] + Parameter.texts
        var properties = JSONObject(texts.map { ($0.name, described($0.name)) })
        properties["theme"] = described("theme")
        properties["geometry"] = ["format": "geometry-any"]
        return properties
    }()

    private static let returnableProperties: JSONObject = {
        let names = [
            "id", "kind", "title", "text", "theme", "when", "lang", "precision", "precision_m", "cell", "author",
            "licence", "month", "hours", "prompt", "encounter_state", "encounter",
        ]
        var properties = JSONObject(names.map { ($0, described($0)) })
        // Nobody can ask for an empty title, but there are some.
        properties["title"] = described(
            "title", as: ["type": "string", "maxLength": .integer(Int64(ContributionLimits.title))])
        properties["geometry"] = ["format": "geometry-any", "x-ogc-role": "primary-geometry"]
        return properties
    }()

    private static func described(_ name: String, as form: JSONObject? = nil) -> JSONValue {
        var schema = JSONObject()
        if let (title, description) = words[name] {
            schema["title"] = .string(title)
            schema["description"] = .string(description)
        }
        for member in (form ?? forms[name] ?? ["type": "string"]).members { schema[member.name] = member.value }
        return .object(schema)
    }

    /// The type of each property and what bounds it.
    private static let forms: [String: JSONObject] = {
        var forms: [String: JSONObject] = [
            "id": ["type": "string", "readOnly": true, "x-ogc-role": "id"],
            "text": ["type": "string", "minLength": 1, "maxLength": .integer(Int64(ContributionLimits.text))],
            "theme": ["type": "array", "items": ["type": "string", "minLength": 1]],
            "precision_m": ["type": "number", "minimum": 0, "readOnly": true, "x-ogc-unit": "m"],
            "cell": ["type": "string", "readOnly": true],
            "month": ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$", "readOnly": true],
            "hours": ["type": "object", "readOnly": true],
            "prompt": ["type": "string", "minLength": 1, "readOnly": true],
            "encounter_state": [
                "type": "string", "enum": .array(EncounterStanding.allCases.map { .string($0.rawValue) }),
                "readOnly": true,
            ],
            "encounter": ["type": "string", "readOnly": true],
        ]
        for parameter in [Parameter.kind] + Parameter.texts {
            guard case .object(let form) = parameter.schema.definition else { continue }
            forms[parameter.name] = form
        }
        return forms
    }()

    /// French first, then English.
    private static let words: [String: (title: String, description: String)] = [
        "id": ("Identifiant · Id", "Le nom public d’un élément · The public name of a feature"),
        "kind": ("Sorte · Kind", "Lieu, souvenir ou point de rencontre · Place, memory or encounter point"),
        "title": ("Titre · Title", "Vide s’il n’y en a pas · Empty when there is none"),
        "text": ("Texte · Text", "Ce qui est raconté · What is told"),
        "theme": ("Thèmes · Themes", "Un ou plusieurs · One or several"),
        "when": (
            "Quand · When", "Une date ou une période, EDTF niveaux 0 et 1 · A date or an interval, EDTF levels 0 and 1"
        ),
        "lang": ("Langue · Language", "Étiquette BCP 47 · BCP 47 tag"),
        "precision": (
            "Précision · Precision",
            "La position même, une maille de 200 m, une maille plus large, ou hors de la carte · "
                + "The position itself, a cell of 200 m, a wider cell, or not on the map"
        ),
        "precision_m": ("Côté de la maille · Side of the cell", "En mètres · In metres"),
        "cell": ("Maille · Cell", "Code INSPIRE de la maille en EPSG:3035 · INSPIRE code of the cell in EPSG:3035"),
        "author": ("Auteur ou autrice · Author", "Un nom choisi · A label of one’s choice"),
        "licence": ("Licence", "Par exemple CC-BY-4.0 · For instance CC-BY-4.0"),
        "month": ("Mois de parution · Month of publication", "AAAA-MM · YYYY-MM"),
        "hours": (
            "Heures · Hours",
            "Quand un point de rencontre est vivant, à l’heure de time_zone : weekly, dated, exceptions ; sans elles, "
                + "toujours · When an encounter point is alive, by the clock of time_zone; without them, always"
        ),
        "prompt": ("Consigne · Prompt", "Ce qui est demandé à un point de rencontre · What is asked at the point"),
        "encounter_state": (
            "État du point · State of the point",
            "Déplacé, volé ou retiré, quelle que soit l’heure ; sans lui, les heures disent s’il vit ou dort · "
                + "Moved, stolen or retired at any hour; without it, hours say whether it is alive or asleep"
        ),
        "encounter": (
            "Point de rencontre · Encounter point",
            "L’id du point d’où la contribution a été donnée · The id of the point from which it was given"
        ),
    ]
}
