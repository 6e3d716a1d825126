import MapGeometry
package import SpatialIndex

extension IndexSnapshot {
    /// Every matching feature, in the order of pages, without holding more than some hundreds.
    package func forEachInOrder(
        matching filter: FeatureFilter, _ body: (FeatureReference) throws -> Void
    ) rethrows {
        var after: PageKey?
        repeat {
            let page = features(matching: filter, after: after, limit: 500)
            for feature in page.features { try body(feature) }
            after = page.next
        } while after != nil
    }
}
