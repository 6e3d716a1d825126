package import MapGeometry

extension IndexSnapshot {
    /// Whether every matching feature whose own box meets a box, edges included, has a property; true where none is.
    ///
    /// Features that stand nowhere are not asked. Ends at the first that has it not, so that "is nothing here"
    /// costs one search a segment.
    /// - Parameter box: west ≤ east.
    package func everyFeature(
        meeting box: BoundingBox, matching filter: FeatureFilter = .all, _ hasIt: (FeatureReference) -> Bool
    ) -> Bool {
        selections(filter).allSatisfy { $0.everyFeature(meeting: box, hasIt) }
    }
}

extension Selection {
    fileprivate func everyFeature(meeting box: BoundingBox, _ hasIt: (FeatureReference) -> Bool) -> Bool {
        if let candidates {
            return candidates.allSatisfy { number in
                !index.tree.boxes[Int(number)].intersectsPlanar(box) || hasIt(segment.reference(Int(number)))
            }
        }
        var next = 0
        while let number = index.tree.firstLeaf(from: next, touching: [box]) {
            if admits(number), !hasIt(segment.reference(number)) { return false }
            next = number + 1
        }
        return true
    }
}
