import HTTPTypes

extension RouteTable {
    /// What participants and curators write, and what they alone read.
    static let writing =
        [
            Route("/collections/{layer}/items", .contribute, [.embed], method: .post, ContributionRoutes.contribute),
            Route("/collections/{layer}/items/{id}", .replaceOwn, method: .put, ContributionRoutes.replace),
            Route("/collections/{layer}/items/{id}", .changeOwn, method: .patch, ContributionRoutes.patch),
            Route("/collections/{layer}/items/{id}", .withdrawOwn, method: .delete, ContributionRoutes.withdraw),
            Route(
                "/collections/{layer}/items/{id}/mine", .everythingOwn, [.format("json", "geojson")],
                ContributionRoutes.everything),
            Route(
                "/contribute/{layer}", nil, [.embed, .interface], method: .post, toleratesUnknownParameters: true,
                GivenForm.take),
            Route("/receipts", .openReceipt, method: .post, ReceiptRoutes.open),
            Route(
                "/moderation/{layer}/queue", .moderationQueue, ModerationRoutes.queueParameters, ModerationRoutes.queue),
            Route("/moderation/items/{id}/decision", .decide, method: .post, ModerationRoutes.decide),
            Route("/moderation/{layer}/decisions", .decideSeveral, method: .post, ModerationRoutes.decideSeveral),
            Route("/moderation/{layer}/pause", .pauseLayer, method: .post, ModerationRoutes.pause),
        ] + reports + parents

    private static let reports = [
        Route("/collections/{layer}/items/{id}/reports", .report, method: .post, ReportRoutes.report),
        Route("/reports/{reference}", .ownReport, [], ReportRoutes.own),
        Route("/moderation/reports", .moderationReports, ReportRoutes.listParameters, ReportRoutes.list),
        Route("/moderation/reports/{reference}/decision", .decideReport, method: .post, ReportRoutes.decide),
        Route("/moderation/items/{id}/receipt", .reissueReceipt, method: .post, ReportRoutes.reissueReceipt),
        Route(
            "/moderation/history", .moderationHistory, [.format("json", "html")], page: .document, HistoryRoutes.history
        ),
    ]

    private static let parents = [
        Route("/parents/{code}", .parentView, [.format("json", "html")], ParentRoutes.view),
        Route("/parents/{code}", .parentAnswer, [.format("json", "html")], method: .post, ParentRoutes.answer),
        Route("/parents/{code}", .parentWithdrawal, method: .delete, ParentRoutes.withdraw),
    ]
}
