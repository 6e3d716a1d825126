import Contributions
import Curation
import HTTPTypes
import MapFormats

/// Somebody stands before a code on a wall. Nobody is counted and nothing is written.
enum ArrivalRoutes {
    /// `GET /e/{code}`
    ///
    /// What was replaced or retired is answered as what never was, in the same words and by the same steps.
    static func arrive(_ request: RouteRequest) throws -> Reply {
        let frame = try PageFrame(request)
        let format = try MediaChoice.of(
            request, ["json": MediaType.json, "html": MediaType.page], byDefault: "json")
        do {
            try request.requireFewGuesses()
            let reply = try request.countingGuess { try welcome(request, frame, asPage: format == "html") }
            return kept(byNobody: reply)
        } catch let error as CurationError where error == .unknownEncounter {
            return kept(byNobody: try refusal(Problem(error, in: frame.language), "unknown", request, frame, format))
        } catch let error as WebError {
            return kept(byNobody: try refusal(Problem(error), "tooMany", request, frame, format))
        }
    }

    private static func welcome(_ request: RouteRequest, _ frame: PageFrame, asPage: Bool) throws -> Reply {
        let arrival = try request.site.participation.arrive(with: request.capture("code"), at: request.now)
        // What is public of it comes from where everybody reads it.
        guard let layer = request.site.layers[arrival.layer]
        else { throw CurationError.unknownEncounter }
        let point = try PointOnWall(arrival.identifier, in: layer.snapshot)
        let says = OpeningSentence(at: request.now, in: request.site.localTime, frame.language)
        let sentence = sentence(of: arrival, says, frame.words)
        if asPage {
            let code = EncounterDocument.codeToContributeWith(arrival, request)
            let page = EncounterPage(arrival, point, layer.layer, sentence, says, code, frame.words)
            return try request.site.alone("encounter", page.values, in: frame)
        }
        let document = EncounterDocument.arrival(
            arrival, point.properties, sentence: sentence, in: frame.language, request)
        return Reply(
            .bytes(document.bytes), mediaType: MediaType.json, headers: [.contentLanguage: frame.language.rawValue])
    }

    /// How the point is found, in words for people.
    private static func sentence(of arrival: Arrival, _ says: OpeningSentence, _ words: Words) -> String {
        if arrival.state == .alive, let period = arrival.periods.first { return says.text(of: period) }
        return words["encounter", arrival.state.rawValue] ?? arrival.state.rawValue
    }

    private static func refusal(
        _ problem: Problem, _ name: String, _ request: RouteRequest, _ frame: PageFrame, _ format: String
    ) throws -> Reply {
        guard format == "html" else { return Reply(problem) }
        // The address of what opens nothing is not repeated, so that all of it is the same for every code.
        let parameters = request.parameters.dropping { other, _ in other != Parameter.interface.name }
        let elsewhere = RouteRequest(
            site: request.site, captures: PathCaptures([], []), parameters: parameters, headers: request.headers,
            authority: nil, path: "/")
        let values: [String: Any] = [
            "heading": frame.words["encounter", name + "Title"] ?? "",
            "sentence": frame.words["encounter", name] ?? problem.detail,
        ]
        var reply = try request.site.alone("encounter-nothing", values, in: PageFrame(elsewhere))
        reply.status = problem.status
        for field in problem.headers { reply.headers[field.name] = field.value }
        return reply
    }

    /// For this person and this moment; no cache and no search engine has it.
    private static func kept(byNobody reply: Reply) -> Reply {
        var reply = reply
        reply.entityTag = nil
        reply.isIndexable = false
        reply.headers[.cacheControl] = "private, no-store"
        reply.headers[.vary] = "Accept, Accept-Language, Accept-Encoding"
        return reply
    }
}

extension RouteRequest {
    /// - Throws: `WebError.tooManyRequests` for who has tried too many codes of walls that opened nothing. They have a
    ///   bucket of their own, so that who guesses keeps nobody from their receipt.
    func requireFewGuesses() throws(WebError) {
        if let seconds = site.limits.guesses.wait(client, at: site.clock()) {
            throw .tooManyRequests(seconds: seconds)
        }
    }

    /// Runs `body` and counts it as a guess when its code opens nothing.
    func countingGuess<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as CurationError where error == .unknownEncounter {
            _ = site.limits.guesses.take(client, at: site.clock())
            throw error
        }
    }

    func countingGuesses<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as CurationError where error == .unknownEncounter {
            _ = site.limits.guesses.take(client, at: site.clock())
            throw error
        }
    }
}
