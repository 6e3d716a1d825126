import HTTPTypes

extension RouteTable {
    /// What changes a layer itself, for who looks after it.
    static let layers = [
        Route("/collections", .createLayer, method: .post, LayerRoutes.create),
        Route("/collections/{layer}", .changeLayer, method: .put, LayerRoutes.change),
        Route("/collections/{layer}", .deleteLayer, method: .delete, LayerRoutes.delete),
        Route("/moderation/{layer}/rules", .layerRules, [], LayerRoutes.rules),
    ]
}

extension Operation {
    static let createLayer = Operation("createLayer", "Open a layer or a fabrique", Answer(MediaType.json, .layerRules))
        .taking(.layerRequest, answering: 201, .bearer)
    static let changeLayer = Operation(
        "changeLayer", "Give a layer other rules; what is not given is as a new layer has it",
        Answer(MediaType.json, .layerRules)
    ).taking(.layerRequest, .bearer)
    static let deleteLayer = Operation(
        "deleteLayer", "Delete a layer with everything in it, which cannot be undone"
    ).taking(answering: 204, .bearer)
    static let layerRules = Operation(
        "layerRules", "All the rules of a layer, opened or not, and whether it is paused",
        Answer(MediaType.json, .layerRules)
    ).taking(nil, .bearer)
}
