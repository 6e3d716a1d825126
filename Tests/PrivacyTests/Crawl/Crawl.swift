import Foundation
import HTTPTypes
import Testing

@testable import MapServer

/// Asks everything that can be asked of the public routes, follows what the answers lead to, and keeps all answers.
struct Crawl {
    private let world: World
    private(set) var answers: [PublicRequest: PublicAnswer] = [:]
    /// In the order in which they were asked, for a report that is the same each time.
    private(set) var order: [PublicRequest] = []
    /// Templates of the routes that were asked.
    private(set) var covered: Set<String> = []
    /// How many questions of each sort have been followed to their last page.
    private var exhausted: [String: Int] = [:]

    private let seen: @Sendable (PublicRequest, PublicAnswer) -> Void

    private init(_ world: World, _ seen: @escaping @Sendable (PublicRequest, PublicAnswer) -> Void) {
        self.world = world
        self.seen = seen
    }

    /// - Parameters:
    ///   - isMeant: for which routes; all by default.
    ///   - seen: is shown each answer as it comes; of large crawls only hashes are kept.
    static func of(
        _ world: World, _ curiosity: Curiosity, where isMeant: (Route) -> Bool = { _ in true },
        seen: @escaping @Sendable (PublicRequest, PublicAnswer) -> Void = { _, _ in }
    ) async throws -> Crawl {
        var crawl = Crawl(world, seen)
        for route in RouteTable.routes where route.isPublicReading && isMeant(route) {
            guard let addresses = curiosity.addresses(of: route) else {
                Issue.record("say in Curiosity+Addresses what a stranger asks of \(route.template)")
                continue
            }
            crawl.covered.insert(route.template)
            for address in addresses { try await crawl.follow(PublicRequest(address)) }
            if let first = addresses.first { try await crawl.askInEveryManner(first, of: route) }
        }
        return crawl
    }

    /// The forms in which a route answers, and what one can do with an address beside getting it.
    private mutating func askInEveryManner(_ address: String, of route: Route) async throws {
        let plain = PublicRequest(address)
        let mark = address.contains("?") ? "&" : "?"
        if case .oneOf(let formats)? = route.parameters.first(where: { $0.name == "f" })?.schema {
            for format in formats { try await ask(PublicRequest("\(address)\(mark)f=\(format)")) }
        }
        for type in ["text/html", "application/geo+json", "image/png"] { try await ask(plain.with(.accept, type)) }
        try await ask(plain.with(.acceptLanguage, "en"))
        try await ask(plain.with(.acceptEncoding, "gzip"))
        try await ask(plain.asking(.head))
        try await ask(plain.asking(.options))
        try await ask(plain.asking(.delete))
        try await ask(PublicRequest("\(address)\(mark)nothing=1").with(.acceptLanguage, "en"))
        if let tag = try await ask(plain).header("ETag") { try await ask(plain.with(.ifNoneMatch, tag)) }
    }

    /// Asks, and goes on to the next page and into the clusters.
    private mutating func follow(_ request: PublicRequest) async throws {
        guard answers[request] == nil || request.address.contains("cluster") == false else { return }
        var next: PublicRequest? = request
        var left = pages(of: request)
        while let page = next, left > 0 {
            left -= 1
            let answer = try await ask(page)
            try await enterClusters(of: answer, page)
            next = answer.next.map { PublicRequest($0) }
            if let address = next?.address {
                if answers[PublicRequest(address)] != nil { return }
                if address.hasPrefix("/collections/") { try await ask(PublicRequest("\(address)&f=html")) }
            }
        }
    }

    /// How many pages of one question are turned. In a large world thousands of them differ by a place, a word or a
    /// cluster only: some of each sort are followed to the end, and the others for a few pages, or the last pages
    /// would be millions. In a small one all are.
    private mutating func pages(of request: PublicRequest) -> Int {
        guard ProofScale.asked != .small else { return .max }
        let sort = request.sort
        exhausted[sort, default: 0] += 1
        return exhausted[sort, default: 0] <= 12 ? .max : 4
    }

    private mutating func enterClusters(of answer: PublicAnswer, _ request: PublicRequest) async throws {
        let path = request.address.prefix { $0 != "?" }
        let query = request.address.dropFirst(path.count + 1)
        let parts = path.split(separator: "/")
        guard parts.first == "xyz", path.hasSuffix(".geojson"), parts.count > 1,
            query.isEmpty || query.hasPrefix("embed=")
        else { return }
        let asked =
            query.isEmpty
            ? ["children", "leaves", "leaves?limit=5"]
            : ["children?\(query)", "leaves?\(query)", "leaves?\(query)&limit=5"]
        for cluster in answer.clusters {
            for what in asked {
                let inside = PublicRequest("/xyz/\(parts[1])/clusters/\(cluster)/\(what)")
                if answers[inside] == nil { try await follow(inside) }
            }
        }
    }

    @discardableResult
    private mutating func ask(_ request: PublicRequest) async throws -> PublicAnswer {
        if let known = answers[request] { return known }
        var answer = PublicAnswer(
            try await world.client.execute(uri: request.address, method: request.method, headers: request.headers))
        if request.address.hasPrefix("/changes/") { answer.forgetCursors() }
        seen(request, answer)
        answers[request] = ProofScale.asked == .small ? answer : answer.condensed
        order.append(request)
        return answer
    }
}

extension PublicRequest {
    /// What it asks, without the place, the word, the tile or the cluster that it asks about.
    fileprivate var sort: String {
        let parts = address.split(separator: "?", maxSplits: 1)
        let path = parts[0].split(separator: "/").filter { !$0.allSatisfy(\.isNumber) }
        let names = parts.dropFirst().joined().split(separator: "&").map { $0.prefix { $0 != "=" } }
        return path.joined(separator: "/") + "?" + names.joined(separator: "&")
    }
}

extension PublicAnswer {
    /// The local address of the next page, from the body or from the header.
    fileprivate var next: String? {
        let origin = "https://lieu.example"
        if let link = header("Link") {
            for part in link.split(separator: ", <") where part.contains(#"rel="next""#) {
                let address = part.drop { $0 == "<" }.prefix { $0 != ">" }
                if address.hasPrefix(origin) { return String(address.dropFirst(origin.count)) }
            }
        }
        guard isJSON, let mark = body.firstPlace(of: Array(#""rel":"next""#.utf8)) else { return nil }
        let start = body[..<mark].lastIndex(of: UInt8(ascii: "{")) ?? 0
        let end = body[mark...].firstIndex(of: UInt8(ascii: "}")) ?? body.endIndex
        let link = String(decoding: body[start..<end], as: UTF8.self)
        guard let place = link.range(of: #""href":""# + origin) else { return nil }
        return String(link[place.upperBound...].prefix { $0 != "\"" })
    }

    fileprivate var clusters: [String] {
        let mark = Array(#""cluster_id":"#.utf8)
        var clusters: [String] = []
        var place = 0
        while let found = body.firstPlace(of: mark, from: place) {
            place = found + mark.count
            clusters.append(String(decoding: body[place...].prefix { 0x30...0x39 ~= $0 }, as: UTF8.self))
        }
        return clusters
    }
}
