import HTTPTypes

extension RouteTable {
    /// Partners, their embeds and what they have cleared: for who holds a token only.
    static let partners = [
        Route("/partners", .partners, [], PartnerRoutes.list),
        Route("/partners", .addPartner, method: .post, PartnerRoutes.add),
        Route("/partners/{partner}", .partner, [], PartnerRoutes.one),
        Route("/partners/{partner}", .changePartner, method: .put, PartnerRoutes.change),
        Route("/partners/{partner}", .closePartner, method: .delete, PartnerRoutes.close),
        Route("/embeds", .embeds, [], EmbedRoutes.list),
        Route("/embeds", .addEmbed, method: .post, EmbedRoutes.add),
        Route("/embeds/{key}", .embed, [], EmbedRoutes.one),
        Route("/embeds/{key}", .changeEmbed, method: .put, EmbedRoutes.change),
        Route("/embeds/{key}", .closeEmbed, method: .delete, EmbedRoutes.close),
        Route("/embeds/{key}/standing", .setStandingRule, method: .put, EmbedRoutes.setStandingRule),
        Route("/embeds/{key}/waiting", .waitingForClearance, ClearanceRoutes.listParameters, ClearanceRoutes.waiting),
        Route("/embeds/{key}/cleared", .cleared, ClearanceRoutes.listParameters, ClearanceRoutes.cleared),
        Route("/embeds/{key}/refused", .refusedClearance, ClearanceRoutes.listParameters, ClearanceRoutes.refused),
        Route("/embeds/{key}/clearances", .clear, method: .post, ClearanceRoutes.answer),
    ]
}

extension Operation {
    static let partners = Operation("partners", "The partners", Answer(MediaType.json, .partners)).taking(nil, .bearer)
    static let addPartner = Operation(
        "addPartner", "Let a site be a partner", Answer(MediaType.json, .partner)
    ).taking(.partnerRequest, answering: 201, .bearer)
    static let partner = Operation("partner", "One partner", Answer(MediaType.json, .partner)).taking(nil, .bearer)
    static let changePartner = Operation(
        "changePartner", "Give a partner another name and other origins", Answer(MediaType.json, .partner)
    ).taking(.partnerRequest, .bearer)
    static let closePartner = Operation("closePartner", "Close a partner, its embeds and its tokens")
        .taking(answering: 204, .bearer)
    static let embeds = Operation("embeds", "The embeds that the token opens", Answer(MediaType.json, .embeds))
        .taking(nil, .bearer)
    static let addEmbed = Operation(
        "addEmbed", "Make an embed, which shows nothing yet", Answer(MediaType.json, .embed)
    ).taking(.embedRequest, answering: 201, .bearer)
    static let embed = Operation("embed", "The contract of an embed", Answer(MediaType.json, .embed))
        .taking(nil, .bearer)
    static let changeEmbed = Operation(
        "changeEmbed", "Change what an embed pins and how it looks", Answer(MediaType.json, .embed)
    ).taking(.embedRequest, .bearer)
    static let closeEmbed = Operation("closeEmbed", "Close an embed for ever").taking(answering: 204, .bearer)
    static let setStandingRule = Operation(
        "setStandingRule", "Clear what comes by a standing rule; null ends it", Answer(MediaType.json, .embed)
    ).taking(.standingRule, .bearer)
    static let waitingForClearance = Operation(
        "waitingForClearance", "What waits for the partner of an embed", Answer(MediaType.json, .clearanceList)
    ).taking(nil, .bearer)
    static let cleared = Operation("cleared", "What an embed shows", Answer(MediaType.json, .clearanceList))
        .taking(nil, .bearer)
    static let refusedClearance = Operation(
        "refusedClearance", "What the partner of an embed does not want to show", Answer(MediaType.json, .clearanceList)
    ).taking(nil, .bearer)
    static let clear = Operation(
        "clear", "Clear, refuse, or take back an answer", Answer(MediaType.json, .clearanceOutcome)
    ).taking(.clearanceRequest, .bearer)
}
