extension Operation {
    static let contribute = Operation("contribute", "Contribute to a layer", Answer(MediaType.json, .acceptance))
        .taking(.contribution, answering: 201, .optionalBearer)
    static let replaceOwn = Operation("replaceOwn", "Give one's own anew", Answer(MediaType.geoJSON, .feature))
        .taking(.feature, .bearer)
    static let changeOwn = Operation(
        "changeOwn", "Change one's own, hide it, or show it from farther away (merge patch)",
        Answer(MediaType.geoJSON, .feature)
    ).taking(.opaque, .bearer)
    static let withdrawOwn = Operation("withdrawOwn", "Withdraw one's own: it is forgotten")
        .taking(answering: 204, .bearer)
    static let everythingOwn = Operation(
        "everythingOwn", "Everything that is held about one's own", Answer(MediaType.json, .ownEverything),
        Answer(MediaType.geoJSON, .featureCollection)
    ).taking(nil, .bearer)
    static let openReceipt = Operation(
        "openReceipt", "Show a receipt: a paper code, or its token", Answer(MediaType.json, .visit)
    ).taking(.receiptRequest)
    static let moderationQueue = Operation(
        "moderationQueue", "What waits for a curator", Answer(MediaType.json, .moderationQueue)
    ).taking(nil, .bearer)
    static let decide = Operation("decide", "Decide about a contribution", Answer(MediaType.json, .standing))
        .taking(.decision, .bearer)
    static let report = Operation(
        "report", "Report what one has read; it hides nothing by itself", Answer(MediaType.json, .reportAcceptance)
    ).taking(.report, answering: 201)
    static let ownReport = Operation(
        "ownReport", "Where a report stands, for its reporter", Answer(MediaType.json, .ownReport)
    ).taking(nil, .bearer)
    static let moderationReports = Operation(
        "moderationReports", "What was reported, the open ones first", Answer(MediaType.json, .moderationQueue)
    ).taking(nil, .bearer)
    static let decideReport = Operation(
        "decideReport", "Close a report with reasons, for both sides", Answer(MediaType.json, .ownReport)
    ).taking(.reportDecision, .bearer)
    static let reissueReceipt = Operation(
        "reissueReceipt", "Hand over a new receipt, face to face; the old one opens nothing any more",
        Answer(MediaType.json, .newReceipt)
    ).taking(.receiptReissue, .bearer)
    static let moderationHistory = Operation(
        "moderationHistory", "Moderation in numbers, for each half-year that has ended",
        Answer(MediaType.json, .moderationHistory), Answer(MediaType.page, .opaque))
    static let parentView = Operation(
        "parentView", "What a parent is asked to agree to", Answer(MediaType.json, .parentView),
        Answer(MediaType.page, .opaque)
    ).taking(nil, .secretAddress)
    static let parentAnswer = Operation(
        "parentAnswer", "Agree, refuse, or withdraw what was agreed to", Answer(MediaType.json, .parentView),
        Answer(MediaType.page, .opaque)
    ).taking(.parentAnswer, .secretAddress)
    static let parentWithdrawal = Operation("parentWithdrawal", "Withdraw what one's child has given: it is forgotten")
        .taking(answering: 204, .secretAddress)
    static let decideSeveral = Operation(
        "decideSeveral", "Decide about several contributions of a layer: all or none",
        Answer(MediaType.json, .standings)
    ).taking(.decisions, .bearer)
    static let pauseLayer = Operation(
        "pauseLayer", "Pause contributions to a layer, or resume them", Answer(MediaType.json, .paused)
    ).taking(.pause, .bearer)
}
