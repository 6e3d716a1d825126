/// What the API definition says of encounter points.
extension Operation {
    static let encounter = Operation(
        "encounter", "An encounter point as its curators see it", Answer(MediaType.json, .encounter)
    ).taking(nil, .bearer)
    static let setEncounter = Operation(
        "setEncounter", "Set when an encounter point is alive, what is asked and revealed there, and its state",
        Answer(MediaType.json, .encounter)
    ).taking(.encounter, .bearer)
    static let encounterCodes = Operation(
        "encounterCodes", "The codes of an encounter point, without the codes themselves",
        Answer(MediaType.json, .encounterCodes)
    ).taking(nil, .bearer)
    static let issueCode = Operation(
        "issueCode", "Make a code for a wall: it is shown this once", Answer(MediaType.json, .issuedCode)
    ).taking(.codeRequest, answering: 201, .bearer)
    static let reissueCode = Operation(
        "reissueCode", "Put a new code in the place of one, which is dead at once",
        Answer(MediaType.json, .issuedCode)
    ).taking(nil, .bearer)
    static let retireCode = Operation("retireCode", "Retire a code: it is dead at once")
        .taking(answering: 204, .bearer)
    static let arrive = Operation(
        "arrive", "An encounter point, through the code on its wall", Answer(MediaType.json, .arrival),
        Answer("text/html", .opaque))
}
