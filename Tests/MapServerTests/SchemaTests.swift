import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// What may be asked of a layer, as JSON Schema.
@Suite struct SchemaTests {
    private static let relation = "http://www.opengis.net/def/rel/ogc/1.0/"
    private static let schemaType = "application/schema+json"

    @Test(
        "Q1 P3 P4 queryables, sortables and schema are JSON Schema, and pages for people",
        .server(try Sample.mixed()), .serialized, arguments: LayerSchema.allCases)
    func schemasAreSchemas(schema: LayerSchema) async throws {
        let server = try Server.shared
        let address = "/collections/quartier/\(schema.rawValue)"
        for (query, accept) in [("", nil), ("?f=json", "text/html"), ("", "application/json"), ("", Self.schemaType)] {
            let response = try await server.get(address + query, accept.map { [.accept: $0] } ?? [:])
            #expect(response.status == .ok && response.mediaType == Self.schemaType)
            let document = try JSONParser.parse(response.bytes)
            #expect(document["$schema"] == "https://json-schema.org/draft/2020-12/schema")
            let identifier = document["$id"]?.text ?? ""
            #expect(identifier.hasPrefix("http://") && identifier.hasSuffix(address))
            #expect(document["type"] == "object" && document["title"] != nil)
            #expect(document["additionalProperties"] == .boolean(schema == .returnables))
            let properties = try #require(document["properties"]?.object)
            #expect(!properties.isEmpty)
            for member in properties.members {
                let isSpatial = member.name == "geometry"
                #expect((member.value["type"] == nil) == isSpatial, "\(member.name)")
                #expect(member.value["format"]?.text == (isSpatial ? "geometry-any" : nil), "\(member.name)")
            }
            #expect(
                response.headers[.link]?.contains("\(address)?f=html>; rel=\"alternate\"; type=\"text/html\"") == true)
        }
        let page = try await server.get(address, [.accept: "text/html"])
        #expect(page.mediaType == "text/html; charset=utf-8" && page.text.contains("Titre · Title"))
        #expect(try await server.get("\(address)?limit=1").status == .badRequest)
        #expect(try await server.get("\(address)?f=csv").status == .badRequest)
        #expect(try await server.get("/collections/ailleurs/\(schema.rawValue)").status == .notFound)
        #expect(try await server.get(address, [.accept: "image/png"]).status == .notAcceptable)
    }

    @Test("Q2 layers lead to their queryables, sortables and schema, and pages of features to the queryables")
    func layersLeadToTheirSchemas() async throws {
        try await withServer(try Sample.mixed()) { server in
            for document in [
                try await server.json("/collections/quartier"),
                try #require(try await server.json("/collections")["collections"]?.array?.first),
            ] {
                for name in ["queryables", "sortables", "schema"] {
                    #expect(document.link(Self.relation + name) == "/collections/quartier/\(name)")
                }
                let described = document["links"]?.array?.filter { $0["rel"] == "describedby" } ?? []
                #expect(described.contains { $0["type"]?.text == Self.schemaType })
            }
            let link = try await server.get(Server.items).headers[.link] ?? ""
            #expect(link.contains("/collections/quartier/queryables>; rel=\"\(Self.relation)queryables\""))
        }
    }

    @Test("Q1 each simple queryable is a parameter of items with the same schema, and no other property is")
    func queryablesAreParameters() async throws {
        try await withServer { server in
            let queryables = try await server.json("/collections/quartier/queryables")["properties"]?.object ?? [:]
            #expect(
                Set(queryables.members.map(\.name))
                    == ["kind", "theme", "title", "when", "lang", "precision", "author", "licence", "geometry"])
            let operation = try await server.json("/api")["paths"]?["/collections/{layer}/items"]?["get"]
            let parameters = operation?["parameters"]?.array ?? []
            for member in queryables.members where member.name != "geometry" {
                let parameter = try #require(parameters.first { $0["name"]?.text == member.name })
                guard case .object(var schema) = member.value, schema["type"] != "array" else { continue }
                schema["title"] = nil
                schema["description"] = nil
                #expect(parameter["schema"] == .object(schema), "\(member.name)")
            }
            let sortables = try await server.json("/collections/quartier/sortables")["properties"]?.object ?? [:]
            #expect(Set(sortables.members.map(\.name)) == ["title", "when", "kind", "lang", "author", "id"])
        }
    }

    @Test("P4 the schema knows every property that our features have")
    func theSchemaKnowsEveryProperty() async throws {
        try await withServer(try Sample.mixed()) { server in
            let schema = try await server.json("/collections/quartier/schema")
            let known = Set(schema["properties"]?.object?.members.map(\.name) ?? [])
            for feature in try await server.features(Server.items) {
                #expect(known.isSuperset(of: feature["properties"]?.object?.members.map(\.name) ?? []))
                for name in schema["required"]?.array ?? [] {
                    #expect(feature["properties"]?[name.text ?? ""] != nil, "\(name)")
                }
            }
            #expect(known.isSuperset(of: ["precision_m", "cell", "month", "geometry", "id"]))
        }
    }
}
