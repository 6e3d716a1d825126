import HTTPTypes

extension RouteTable {
    /// Encounter points: what curators set, the codes on the walls, and who arrives with one.
    static let encounters = [
        Route("/encounters/{id}", .encounter, [], EncounterRoutes.read),
        Route("/encounters/{id}", .setEncounter, method: .put, EncounterRoutes.set),
        Route("/encounters/{id}/codes", .encounterCodes, [], EncounterRoutes.codes),
        Route("/encounters/{id}/codes", .issueCode, method: .post, EncounterRoutes.issue),
        Route("/encounters/{id}/codes/{codeId}", .retireCode, method: .delete, EncounterRoutes.retire),
        Route("/encounters/{id}/codes/{codeId}/reissue", .reissueCode, method: .post, EncounterRoutes.reissue),
        Route(
            "/e/{code}", .arrive, [.format("json", "html")], toleratesUnknownParameters: true, countsGuesses: true,
            ArrivalRoutes.arrive),
    ]
}
