import Foundation
import HTTPTypes
import MapFormats
import Testing

@testable import MapServer

@Suite struct DefinitionTests {
    private var document: JSONObject {
        APIDefinition(
            publicURL: "https://carte.example", routes: RouteTable.routes,
            referenceSystems: ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]
        ).document
    }

    @Test("F3 every route of the API stands in the definition with all of its parameters")
    func everyRouteIsDefined() {
        for route in RouteTable.routes {
            guard let operation = route.operation else { continue }
            let get = document["paths"]?[route.template]?[route.method.rawValue.lowercased()]
            #expect(get?["operationId"]?.text == operation.identifier)
            guard case .array(let parameters)? = get?["parameters"] else {
                Issue.record("\(route.template) has no list of parameters")
                continue
            }
            #expect(parameters.compactMap { $0["name"]?.text } == route.captureNames + route.parameters.map(\.name))
        }
    }

    @Test("F3 every schema that an answer names is there")
    func everySchemaIsThere() {
        let text = JSONWriter.text(of: .object(document))
        let names = text.split(separator: "#/components/schemas/").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(!names.isEmpty)
        for name in names { #expect(document["components"]?["schemas"]?[String(name)] != nil, "\(name)") }
    }

    @Test("F12 limit and F13 bbox are declared as the official suite reads them")
    func limitAndBoxAreDeclaredPlainly() throws {
        guard case .array(let parameters)? = document["paths"]?["/collections/{layer}/items"]?["get"]?["parameters"]
        else { throw CancellationError() }
        let limit = parameters.first { $0["name"]?.text == "limit" }?["schema"]
        #expect(limit?["type"]?.text == "integer")
        #expect(limit?["minimum"] == 1)
        #expect(limit?["maximum"] == 10_000)
        #expect(limit?["default"] == 100)
        let box = parameters.first { $0["name"]?.text == "bbox" }?["schema"]
        #expect(box?["minItems"] == 4)
        #expect(box?["maxItems"] == 6)
    }

    @Test("operation identifiers are unique")
    func identifiersAreUnique() {
        let identifiers = RouteTable.routes.compactMap(\.operation?.identifier)
        #expect(Set(identifiers).count == identifiers.count)
    }

    @Test("F4 the core of OGC API Features is declared")
    func coreIsDeclared() {
        #expect(ConformanceClass.declared.contains("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"))
    }
}
