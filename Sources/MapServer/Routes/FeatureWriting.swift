import Curation
import MapFormats
import Projections
import SpatialIndex

/// How an answer writes its features: with all their properties, or with those only that were asked for.
struct FeatureWriting {
    /// The names of the properties to send; nil for all. Names that a feature does not have are no matter.
    let properties: Set<String>?

    /// Appends a feature, in CRS84 or as `transform` places it.
    func append(
        _ feature: FeatureReference, to bytes: inout [UInt8], placedBy transform: CoordinateTransform? = nil
    ) {
        guard let properties else {
            if let transform { return PublishedFeature.append(feature, placedBy: transform, to: &bytes) }
            return feature.appendText(to: &bytes)
        }
        feature.withText { text, offset in
            if let transform {
                PublishedFeature.appendBeginning(of: feature, placedBy: transform, to: &bytes)
            } else {
                bytes.append(contentsOf: text[..<offset])
            }
            JSONWriter.append(chosen(properties, in: text[offset..<(text.count - 1)]), to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private func chosen(_ names: Set<String>, in text: Slice<UnsafeRawBufferPointer>) -> JSONObject {
        guard case .object(let all)? = try? JSONParser.parse(text) else { return [:] }
        return JSONObject(all.members.filter { names.contains($0.name) }.map { ($0.name, $0.value) })
    }
}
