import HTTPTypes

extension RouteTable {
    /// Codes as images and sheets, for who looks after the layer.
    static let codes = [
        Route("/encounters/{id}/codes/{codeId}/code.svg", .drawCode, method: .post, PrintRoutes.drawing),
        Route("/encounters/{id}/codes/{codeId}/code.png", .pictureCode, method: .post, PrintRoutes.picture),
        Route("/moderation/{layer}/encounters", .encounterPoints, [], PrintRoutes.points),
        Route("/moderation/{layer}/codes", .issueCodes, method: .post, PrintRoutes.issueAll),
        Route("/moderation/{layer}/sheets", .printSheets, method: .post, PrintRoutes.sheets),
    ]
}

extension Operation {
    static let drawCode = Operation(
        "drawCode", "A code as a drawing to print, for who sends the code itself", Answer("image/svg+xml", .opaque)
    ).taking(.codeImageRequest, .bearer)
    static let pictureCode = Operation(
        "pictureCode", "A code as a picture to print, for who sends the code itself", Answer("image/png", .opaque)
    ).taking(.codeImageRequest, .bearer)
    static let encounterPoints = Operation(
        "encounterPoints", "The encounter points of a layer, public or waiting, as those see them who look after it",
        Answer(MediaType.json, .encounterPoints)
    ).taking(nil, .bearer)
    static let issueCodes = Operation(
        "issueCodes", "Make a code for each encounter point of a layer: they are shown this once",
        Answer(MediaType.json, .layerCodes)
    ).taking(.layerCodesRequest, answering: 201, .bearer)
    static let printSheets = Operation(
        "printSheets", "Sheets to print, one a code, for who sends the codes themselves", Answer("text/html", .opaque)
    ).taking(.sheetsRequest, .bearer)
}
