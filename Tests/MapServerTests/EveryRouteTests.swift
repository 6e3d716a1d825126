import HTTPTypes
import HummingbirdTesting
import MapFormats
import NIOCore
import Testing

@testable import MapServer

/// What the standards ask of every resource (F5, F18, F24, F25), over the table of routes.
@Suite struct EveryRouteTests {
    private static func isResource(_ route: Route) -> Bool { route.operation != nil }

    @Test("F24 every media type that a route offers is sent to whoever asks for it", .server(try Sample.row(60)))
    func everyTypeIsSent() async throws {
        let server = try Server.shared
        for every in try await EveryRoute.addresses(on: server, where: Self.isResource) {
            for answer in every.route.operation?.answers ?? [] {
                let type = String(answer.mediaType.prefix { $0 != ";" })
                for accept in [type, "image/png, \(type);q=0.1", "\(type);q=0.9, */*;q=0.2", type.uppercased()] {
                    let response = try await server.get(every.address, [.accept: accept])
                    #expect(response.status == .ok, "\(every.address) \(accept)")
                    #expect(response.mediaType?.hasPrefix(type) == true, "\(every.address) \(accept)")
                }
            }
        }
    }

    @Test("F24 what no answer can be is refused with a problem on every resource", .server(try Sample.row(60)))
    func whatIsNotOfferedIsRefused() async throws {
        let server = try Server.shared
        for every in try await EveryRoute.addresses(on: server, where: Self.isResource) {
            for accept in ["image/png", "image/*, audio/*;q=0.5", "*/*;q=0"] {
                let response = try await server.get(every.address, [.accept: accept])
                #expect(response.status == .notAcceptable, "\(every.address) \(accept)")
                #expect(response.mediaType == "application/problem+json", "\(every.address)")
                #expect(response.headers[.vary]?.contains("Accept") == true)
            }
        }
    }

    @Test("F24 the parameter f wins over Accept, and takes what is declared only", .server(try Sample.row(60)))
    func theParameterWins() async throws {
        let server = try Server.shared
        for every in try await EveryRoute.addresses(on: server, where: Self.isResource) {
            guard case .oneOf(let names)? = every.route.parameters.first(where: { $0.name == "f" })?.schema else {
                #expect(try await server.get(every.address + "?f=json").status == .badRequest, "\(every.address)")
                continue
            }
            for name in names {
                let response = try await server.get("\(every.address)?f=\(name)", [.accept: "image/png"])
                #expect(response.status == .ok, "\(every.address) \(name)")
                #expect(response.mediaType?.hasPrefix("text/html") == (name == "html"), "\(every.address) \(name)")
            }
            for name in ["png", "", "JSON"] {
                let response = try await server.get("\(every.address)?f=\(name)")
                #expect(response.status == .badRequest, "\(every.address) \(name)")
                #expect(try JSONParser.parse(response.bytes)["parameter"] == "f")
            }
        }
    }

    @Test("F24 every answer says that it depends on Accept and Accept-Encoding", .server(try Sample.row(60)))
    func everyAnswerSaysWhatItDependsOn() async throws {
        let server = try Server.shared
        for every in try await EveryRoute.addresses(on: server) {
            let vary = try await server.get(every.address).headers[.vary] ?? ""
            let names = Set(vary.split(separator: ",").map { $0.filter { $0 != " " } })
            #expect(names.isSuperset(of: ["Accept", "Accept-Encoding"]), "\(every.address) \(vary)")
        }
    }

    @Test("F24 other methods are refused with those that are taken, on every route", .server(try Sample.row(60)))
    func otherMethodsAreRefused() async throws {
        let server = try Server.shared
        for every in try await EveryRoute.addresses(on: server) {
            let written = RouteTable.routes.filter { $0.template == every.route.template && $0.method != .get }
                .map(\.method)
            let allowed = (["GET", "HEAD", "OPTIONS"] + written.map(\.rawValue)).joined(separator: ", ")
            for method in [HTTPRequest.Method.post, .put, .patch, .delete] where !written.contains(method) {
                let response = try await server.client.execute(
                    uri: every.address, method: method, body: ByteBuffer(string: "{}"))
                #expect(response.status == .methodNotAllowed, "\(every.address)")
                #expect(response.headers[.allow] == allowed, "\(every.address)")
                #expect(response.mediaType == "application/problem+json")
            }
            let options = try await server.send(.options, every.address)
            #expect(options.status == .noContent && options.headers[.allow] == allowed, "\(every.address)")
        }
    }

    @Test("F5 HEAD answers as GET does, on every route and in every form", .server(try Sample.row(60)))
    func headAnswersAsGet() async throws {
        let server = try Server.shared
        for every in try await EveryRoute.addresses(on: server) {
            for accept in ["*/*"] + (every.route.operation?.answers.map(\.mediaType) ?? []) {
                let full = try await server.get(every.address, [.accept: accept])
                let head = try await server.send(.head, every.address, [.accept: accept])
                #expect(head.status == full.status && head.bytes.isEmpty, "\(every.address) \(accept)")
                for field in full.headers where field.name != .date && field.name != .transferEncoding {
                    #expect(head.headers[field.name] == full.headers[field.name], "\(field.name) of \(every.address)")
                }
                #expect(head.headers[.contentLength] == String(full.bytes.count), "\(every.address) \(accept)")
            }
        }
    }

    @Test(
        "F18 an unknown parameter is refused on every resource but those whose links are shared",
        .server(try Sample.row(60)))
    func unknownParametersAreRefused() async throws {
        let server = try Server.shared
        for every in try await EveryRoute.addresses(on: server, where: Self.isResource)
        where !every.route.toleratesUnknownParameters {
            for name in ["unknownQueryParameter12345", "F"] {
                let response = try await server.get("\(every.address)?\(name)=1")
                #expect(response.status == .badRequest, "\(every.address)")
                #expect(try JSONParser.parse(response.bytes)["parameter"] == .string(name))
            }
        }
    }

    @Test(
        "F25 every form of every resource has a validator, but for the state of health and what nobody keeps",
        .server(try Sample.row(60)))
    func everyResourceHasItsValidator() async throws {
        let server = try Server.shared
        for every in try await EveryRoute.addresses(on: server)
        where every.route.template != "/health" && !every.route.countsGuesses {
            var tags: Set<String> = []
            let types = every.route.operation?.answers.map(\.mediaType) ?? ["*/*"]
            for accept in types {
                let response = try await server.get(every.address, [.accept: accept])
                let tag = try #require(response.headers[.eTag], "\(every.address) \(accept)")
                tags.insert(tag)
                let again = try await server.get(every.address, [.accept: accept, .ifNoneMatch: tag])
                #expect(again.status == .notModified && again.bytes.isEmpty, "\(every.address) \(accept)")
                for name in [HTTPField.Name.eTag, .vary, .cacheControl, .accessControlAllowOrigin, .contentLanguage] {
                    #expect(again.headers[name] == response.headers[name], "\(name) of \(every.address)")
                }
            }
            #expect(tags.count == types.count, "one validator for two forms of \(every.address)")
        }
    }

    @Test("F26 what has no place for links has them in its header", .server(try Sample.row(60)))
    func linksStandInTheHeader() async throws {
        let server = try Server.shared
        let link = try #require(HTTPField.Name("Link"))
        for every in try await EveryRoute.addresses(on: server, where: Self.isResource) {
            for answer in every.route.operation?.answers ?? [] {
                let type = String(answer.mediaType.prefix { $0 != ";" })
                guard !type.hasSuffix("json") || type == "application/x-ndjson", type != "text/html" else { continue }
                let response = try await server.get(every.address, [.accept: type])
                let value = response.headers[link] ?? ""
                #expect(value.contains(#"rel="self"; type="\#(type)""#), "\(every.address) \(value)")
                #expect(value.contains(#"rel="alternate""#), "\(every.address) \(value)")
            }
        }
    }

    @Test("Any page may read the headers that say what a body cannot", .server(try Sample.row(1)))
    func headersMayBeRead() async throws {
        let exposed = try await Server.shared.get("/").headers[.accessControlExposeHeaders] ?? ""
        for name in ["Link", "ETag", "Content-Crs", "OGC-NumberMatched", "OGC-NumberReturned", "OATiles-hint"] {
            #expect(exposed.contains(name))
        }
    }
}
