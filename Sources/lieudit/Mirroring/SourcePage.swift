import Curation
import MapFormats
import SpatialDatabase

/// One page of features of another server, as far as it can be kept here.
struct SourcePage {
    private(set) var features: [MirroredFeature] = []
    /// All that stand there, read or not.
    private(set) var keys: Set<Mirror.Key> = []
    private(set) var leftOut = 0
    /// The address of the next one, as it is written; nil on the last.
    let next: String?

    private static let meaning = ContributionReader()

    /// - Throws: `Refusal` for what is no GeoJSON FeatureCollection, or has features without ids.
    init(_ body: [UInt8]) throws {
        guard case .object(let document)? = try? JSONParser.parse(body), document["type"] == "FeatureCollection",
            case .array(let values)? = document["features"]
        else { throw Refusal("the source does not answer with GeoJSON where its features should be") }
        if case .array(let links)? = document["links"] {
            next = links.first { $0["rel"]?.text == "next" }?["href"]?.text
        } else {
            next = nil
        }
        for value in values { try take(value) }
    }

    private mutating func take(_ value: JSONValue) throws {
        guard let (key, feature) = try Self.read(value) else {
            leftOut += 1
            return
        }
        keys.insert(key)
        guard let feature else {
            leftOut += 1
            return
        }
        features.append(feature)
    }

    /// The key of a feature and what it is here; nil for what cannot be kept.
    /// - Throws: `Refusal` for one without an id.
    static func read(_ value: JSONValue) throws -> (Mirror.Key, MirroredFeature?)? {
        let identifier: String
        switch value["id"] {
        case .string(let text)? where !text.isEmpty: identifier = text
        case .integer(let number)?: identifier = String(number)
        default: throw Refusal("the source has features without ids, which cannot be told apart when they change")
        }
        let key = Mirror.Key(of: identifier)
        guard let feature = try? GeoJSONReader.feature(from: value),
            let contribution = try? meaning.contribution(from: feature)
        else { return (key, nil) }
        return (key, try? MirroredFeature(key, contribution))
    }
}
