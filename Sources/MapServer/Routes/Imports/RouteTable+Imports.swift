import HTTPTypes

extension RouteTable {
    /// Files on their way into a layer.
    static let imports = [
        Route(
            "/imports/{layer}", .importFile, [.fileName, .rehearsal, .skipsInvalid], method: .post, ImportRoutes.take)
    ]
}

extension Operation {
    static let importFile = Operation(
        "importFile", "Bring a file of places into a layer, or only look at it",
        Answer(MediaType.json, .importOutcome)
    ).taking(.opaque, .bearer)
}

extension Parameter {
    static let fileName = Parameter(
        name: "file", expected: "the name of the file, whose ending says its format, such as lieux.csv")
    static let rehearsal = Parameter(
        name: "rehearsal", expected: "true to look at the file only, or false", schema: .oneOf(["true", "false"]))
    static let skipsInvalid = Parameter(
        name: "skip-invalid", expected: "true to leave bad records out and name them, or false",
        schema: .oneOf(["true", "false"]))
}
