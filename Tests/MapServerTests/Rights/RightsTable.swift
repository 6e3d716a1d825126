import HTTPTypes

@testable import MapServer

/// Who may do what, written down route by route: a route that is not here has not been thought about, and the
/// matrix says so.
enum RightsTable {
    /// Whether this visitor is let in to what stands so; no standing for a route that is not about one contribution.
    typealias Rule = @Sendable (Visitor, Standing?) -> Bool

    /// Who is at the desk may what their token may, and what anybody may; a session is no receipt.
    static func rule(of route: Route) -> Rule? {
        guard let rule = rules["\(route.method.rawValue) \(route.template)"] else { return nil }
        return { visitor, standing in
            guard let behind = visitor.behindSession else { return rule(visitor, standing) }
            return rule(.nobody, standing) || rule(behind, standing) || rule(visitor, standing)
        }
    }

    /// Whether it is about one contribution, in its address or in what is sent.
    static func isAboutOne(_ route: Route) -> Bool {
        !Set(route.captureNames).isDisjoint(with: ["id", "code", "reference"])
            || ["/receipts", "/moderation/{layer}/decisions", "/moderation/{layer}/sheets"].contains(route.template)
    }

    static func address(of route: Route, _ thing: RightsWorld.Thing) -> String {
        let path = route.captureNames.reduce(route.template) { $0.replacing("{\($1)}", with: thing.captures[$1] ?? "") }
        return route.template == "/imports/{layer}" ? path + "?file=lieux.geojson" : path
    }

    private static let there: Set<Standing> = [.pending, .published, .rejected, .hidden, .asked, .awaitingParent]
    /// A parent's word comes before a curator's.
    private static let decidable = there.subtracting([.awaitingParent])
    private static let reviewers: Set<Visitor> = [.curatorHere, .curatorEverywhere, .operator]
    private static let partners: Set<Visitor> = [.partner, .operator]
    private static let tokens: Set<Visitor> = [
        .curatorHere, .curatorElsewhere, .curatorEverywhere, .partner, .anotherPartner, .operator,
    ]

    private static func only(_ visitors: Set<Visitor>, _ standings: Set<Standing>? = nil) -> Rule {
        { visitor, standing in
            visitors.contains(visitor) && (standings == nil || standing.map { standings?.contains($0) == true } ?? true)
        }
    }

    /// Whoever shows a secret has asked for something of their own, and others' is not.
    private static let reading: Rule = { visitor, standing in
        switch visitor {
        case .nobody: standing == .published
        case .author: standing.map(there.contains) ?? true
        default: false
        }
    }
    /// Anybody, and whoever shows a secret there shows one that is a token.
    private static let contributing: Rule = { visitor, _ in visitor == .nobody || tokens.contains(visitor) }

    private static func anybody(_ standings: Set<Standing>) -> Rule { only(Set(Visitor.allCases), standings) }

    private static let rules: [String: Rule] = [
        "GET /collections/{layer}/items/{id}": reading,
        "GET /collections/{layer}/items/{id}/mine": only([.author], there),
        "PUT /collections/{layer}/items/{id}": only([.author], there),
        "PATCH /collections/{layer}/items/{id}": only([.author], there),
        "DELETE /collections/{layer}/items/{id}": only([.author], there),
        "POST /collections/{layer}/items": contributing,
        "POST /contribute/{layer}": contributing,
        "POST /receipts": anybody(there),
        // Review.
        "GET /moderation/{layer}/queue": only(reviewers),
        "GET /moderation/{layer}/export.geojson": only(reviewers),
        "GET /moderation/{layer}/export.csv": only(reviewers),
        "POST /moderation/items/{id}/decision": only(reviewers, decidable),
        "POST /moderation/{layer}/decisions": only(reviewers, decidable),
        "POST /moderation/{layer}/pause": only(reviewers),
        // Reports.
        "POST /collections/{layer}/items/{id}/reports": anybody([.published]),
        "GET /reports/{reference}": only([.reporter], [.published]),
        "GET /moderation/reports": only(reviewers.union([.curatorElsewhere])),
        "POST /moderation/reports/{reference}/decision": only(reviewers, [.published]),
        "POST /moderation/items/{id}/receipt": only(reviewers, there),
        // Parents: the code is the right.
        "GET /parents/{code}": anybody([.awaitingParent]),
        "POST /parents/{code}": anybody([.awaitingParent]),
        "DELETE /parents/{code}": anybody([.awaitingParent]),
        // Encounter points: the code is the right.
        "GET /encounters/{id}": only(reviewers, there),
        "PUT /encounters/{id}": only(reviewers, there),
        "GET /encounters/{id}/codes": only(reviewers, there),
        "POST /encounters/{id}/codes": only(reviewers, there),
        "DELETE /encounters/{id}/codes/{codeId}": only(reviewers, [.published]),
        "POST /encounters/{id}/codes/{codeId}/reissue": only(reviewers, [.published]),
        "GET /e/{code}": anybody([.published]),
        // The desk: signing in takes a token, whoever shows it; signing out a session.
        "POST /session": { _, _ in true },
        "GET /session": only(tokens),
        "DELETE /session": { visitor, _ in visitor.behindSession.map(tokens.contains) ?? false },
        "GET /tokens": only(reviewers.union([.curatorElsewhere])),
        "POST /tokens": only(reviewers),
        "DELETE /tokens/{token}": only(reviewers),
        "GET /metrics": only([.operator]),
        "GET /moderation/usage": only(reviewers.union([.curatorElsewhere])),
        "GET /moderation/journal": only(reviewers.union([.curatorElsewhere])),
        // Codes on their way to a wall: the code itself is needed too.
        "POST /encounters/{id}/codes/{codeId}/code.svg": only(reviewers, [.published]),
        "POST /encounters/{id}/codes/{codeId}/code.png": only(reviewers, [.published]),
        "GET /moderation/{layer}/encounters": only(reviewers),
        "POST /moderation/{layer}/codes": only(reviewers),
        "POST /moderation/{layer}/sheets": only(reviewers, [.published]),
        // Layers: who looks after one only neither opens nor deletes any.
        "POST /collections": only([.curatorEverywhere, .operator]),
        "PUT /collections/{layer}": only(reviewers),
        "DELETE /collections/{layer}": only([.curatorEverywhere, .operator]),
        "GET /moderation/{layer}/rules": only(reviewers),
        "POST /imports/{layer}": only(reviewers),
        // Partners and embeds.
        "GET /partners": only(reviewers.union([.curatorElsewhere])),
        "POST /partners": only([.operator]),
        "GET /partners/{partner}": only([.operator]),
        "PUT /partners/{partner}": only([.operator]),
        "DELETE /partners/{partner}": only([.operator]),
        "GET /embeds": only(tokens),
        "POST /embeds": only(reviewers),
        "GET /embeds/{key}": only(reviewers.union(partners)),
        "PUT /embeds/{key}": only(reviewers),
        "DELETE /embeds/{key}": only(reviewers),
        "PUT /embeds/{key}/standing": only(partners),
        "GET /embeds/{key}/waiting": only(reviewers.union(partners)),
        "GET /embeds/{key}/cleared": only(reviewers.union(partners)),
        "GET /embeds/{key}/refused": only(reviewers.union(partners)),
        "POST /embeds/{key}/clearances": only(partners),
    ]
}
