import HTTPTypes

extension RouteTable {
    /// What participants and curators write, and what they alone read.
    static let writing = [
        Route("/collections/{layer}/items", .contribute, method: .post, ContributionRoutes.contribute),
        Route("/collections/{layer}/items/{id}", .replaceOwn, method: .put, ContributionRoutes.replace),
        Route("/collections/{layer}/items/{id}", .changeOwn, method: .patch, ContributionRoutes.patch),
        Route("/collections/{layer}/items/{id}", .withdrawOwn, method: .delete, ContributionRoutes.withdraw),
        Route(
            "/collections/{layer}/items/{id}/mine", .everythingOwn, [.format("json", "geojson")],
            ContributionRoutes.everything),
        Route(
            "/contribute/{layer}", nil, [.interface], method: .post, toleratesUnknownParameters: true, GivenForm.take),
        Route("/receipts", .openReceipt, method: .post, ReceiptRoutes.open),
        Route(
            "/moderation/{layer}/queue", .moderationQueue, ModerationRoutes.queueParameters, ModerationRoutes.queue),
        Route("/moderation/items/{id}/decision", .decide, method: .post, ModerationRoutes.decide),
    ]
}
