import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats
import SpatialDatabase

/// Files that curators bring in from the desk.
enum ImportRoutes {
    /// `POST /imports/{layer}`, for who looks after the layer.
    ///
    /// A file that is refused is 422 with the reasons; nothing of it is kept then.
    static func take(_ request: RouteRequest) async throws -> Reply {
        let layer = try LayerIdentifier(request.capture("layer"))
        let token = try request.requireToken()
        guard token.mayReview(layer), request.site.layers[layer] != nil else { throw CurationError.unknownContribution }
        // Before the file is sent whole: a copy changes as its source does.
        if try request.site.layers.store.read({ try $0.mirror(of: layer) }) != nil { throw CurationError.mirrored }
        guard let importer = request.site.configuration.importer else { throw WebError.importsNotOffered }
        let ending = try ending(of: request.parameters)
        let isRehearsal = try flag(.rehearsal, request.parameters)
        let skipsInvalid = try flag(.skipsInvalid, request.parameters)
        let outcome = try await request.site.imports.alone { folder in
            let path = "\(folder)/file.\(ending)"
            try await request.body.write(
                to: path, atMost: request.site.configuration.largestImport,
                within: request.site.configuration.importPatience)
            return try await importer(
                SentFile(path: path, layer: layer, isRehearsal: isRehearsal, skipsInvalid: skipsInvalid))
        }
        if !outcome.isRefused, !isRehearsal {
            try await request.site.participation.noteImport(
                of: outcome.count, into: layer, by: token, at: request.now)
        }
        var reply = Reply(document(outcome, layer, isRehearsal).bytes, mediaType: MediaType.json)
        if outcome.isRefused { reply.status = .unprocessableContent }
        return reply
    }

    private static func document(_ outcome: ImportOutcome, _ layer: LayerIdentifier, _ isRehearsal: Bool) -> JSONObject
    {
        [
            "layer": .string(layer.text), "rehearsal": .boolean(isRehearsal), "refused": .boolean(outcome.isRefused),
            "count": .integer(Int64(outcome.count)), "skipped": .integer(Int64(outcome.skipped)),
            "told": .array(outcome.told.map(JSONValue.string)),
        ]
    }

    /// The ending only: nothing else of a name that somebody has sent becomes part of a path.
    private static func ending(of parameters: QueryParameters) throws(WebError) -> String {
        let name = parameters[Parameter.fileName.name] ?? ""
        let ending = name.split(separator: ".", omittingEmptySubsequences: false).last.map { $0.lowercased() } ?? ""
        guard name.contains("."), endings.contains(ending) else {
            throw .invalidParameter(
                Parameter.fileName.name,
                expected: "a name that ends in one of \(endings.map { "." + $0 }.joined(separator: ", "))")
        }
        return ending
    }

    static let endings = [
        "geojson", "json", "geojsonl", "ndjson", "csv", "txt", "gpkg", "fgb", "kml", "kmz", "gpx", "zip",
    ]

    private static func flag(_ parameter: Parameter, _ parameters: QueryParameters) throws(WebError) -> Bool {
        switch parameters[parameter.name] {
        case nil, "false"?: false
        case "true"?: true
        default: throw .invalidParameter(parameter.name, expected: parameter.expected)
        }
    }
}
