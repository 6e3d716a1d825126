import Contributions
import Curation
import Projections
import SpatialIndex

/// What of a layer a file shall hold: the conditions of items, but none that asks for an order.
enum ExportSelection {
    static let parameters: [Parameter] =
        [.bbox, .bboxCRS, .near, .radius] + Parameter.filters + Parameter.texts

    /// - Throws: `WebError` for parameters that cannot be read, and for `near` without a radius, which is an order;
    ///   `ProjectionError` when PROJ fails.
    static func filter(_ request: RouteRequest, in layer: PublishedLayer) throws -> FeatureFilter {
        let parser = FeatureQueryParser(parameters: request.parameters)
        let query = try parser.query(in: request.site.referenceSystems)
        if let near = query.near, near.radius == nil { throw WebError.parameterNeeds("near", other: "radius") }
        var filter = try request.site.layers.filter(for: query, in: layer)
        if let box = query.box {
            let found = layer.snapshot.features(in: box, matching: filter, limit: .max).features
            filter.identifiers = Set(found.map(\.identifier))
        }
        if let near = query.near {
            let found = layer.nearest(near, matching: filter, after: nil, limit: .max).features
            filter.identifiers = Set(found.map(\.identifier))
        }
        return filter
    }
}
