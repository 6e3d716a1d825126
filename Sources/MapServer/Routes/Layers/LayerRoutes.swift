import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats
import SpatialDatabase
import SpatialIndex

/// Layers and fabriques, opened, changed and deleted by who looks after them.
enum LayerRoutes {
    /// `POST /collections`
    static func create(_ request: RouteRequest) async throws -> Reply {
        let token = try request.requireToken()
        guard token.mayArrangeLayers else { throw CurationError.unknownContribution }
        let layer = try LayerBody(SubmissionReader.value(await request.body.bytes())).layer
        try await request.site.participation.create(layer, by: token, at: request.now)
        var reply = try document(layer.identifier, request)
        reply.status = .created
        reply.headers[.location] = "\(request.publicURL)/collections/\(layer.identifier)"
        return reply
    }

    /// `GET /moderation/{layer}/rules`
    static func rules(_ request: RouteRequest) throws -> Reply {
        let (layer, _) = try reviewed(request)
        return try document(layer, request)
    }

    /// `PUT /collections/{layer}`
    static func change(_ request: RouteRequest) async throws -> Reply {
        let (identifier, token) = try reviewed(request)
        let layer = try LayerBody(SubmissionReader.value(await request.body.bytes()), changing: identifier).layer
        try await request.site.participation.change(layer, by: token, at: request.now)
        return try document(identifier, request)
    }

    /// `DELETE /collections/{layer}`
    static func delete(_ request: RouteRequest) async throws -> Reply {
        let (layer, token) = try reviewed(request)
        try await request.site.participation.deleteLayer(layer, by: token, at: request.now)
        request.site.tiles.forgetChanged()
        request.site.upkeep.forgetSoon()
        return Reply(.bytes([]), mediaType: MediaType.json, status: .noContent)
    }

    /// All the rules, opened or not, with what stands beside them.
    private static func document(_ identifier: LayerIdentifier, _ request: RouteRequest) throws -> Reply {
        let published = try request.site.layer(identifier)
        let pause = try request.site.participation.pause(of: identifier)
        var document: JSONObject = [
            "id": .string(identifier.text), "title": .string(published.layer.title),
            "description": .string(published.layer.description),
        ]
        for member in published.layer.ruleMembers(request).members where member.name != "consent" {
            document[member.name] = member.value
        }
        document["paused"] = .boolean(pause.isPaused)
        if !pause.reasons.isEmpty { document["pause_reasons"] = .string(pause.reasons) }
        document["shown"] = .integer(Int64(published.snapshot.count))
        return Reply(.bytes(document.bytes), mediaType: MediaType.json)
    }

    private static func reviewed(_ request: RouteRequest) throws -> (LayerIdentifier, AccessToken) {
        let layer = try LayerIdentifier(request.capture("layer"))
        let token = try request.requireToken()
        guard token.mayReview(layer), request.site.layers[layer] != nil else { throw CurationError.unknownContribution }
        return (layer, token)
    }
}
