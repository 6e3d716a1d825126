package import Contributions
import MapGeometry

/// What the tables hold of a publication, worked out by whoever reads, so that the one thread that writes only writes.
package struct PublicationRow: Sendable {
    package let identifier: PublicIdentifier
    let values: PackedValues
    let themes: [String]
    /// Nil for what stands nowhere.
    let box: BoundingBox?
    /// The Hilbert key of the middle of the box.
    let key: UInt64

    /// Which of `values` belong to which table: the public id and `ContributionColumns.names`;
    static let contribution = 0..<13
    /// the public id and what `PublicationInserter` names;
    static let feature = 13..<22
    /// the folded title and text.
    static let words = 22..<24

    package init(_ publication: Publication) {
        let given = publication.contribution
        identifier = publication.identifier
        themes = given.themes.count > 1 ? Array(Set(given.themes)) : given.themes
        box = given.geometry?.boundingBox
        key = box.map { WebMercator.hilbertKey(of: $0.centre) } ?? WebMercator.keyOutside
        var values = PackedValues(
            byteCount: publication.feature.count + 2 * (given.title.utf8.count + given.text.utf8.count) + 256,
            valueCount: Self.words.upperBound)
        let identifier = values.append(publication.identifier.bytes)
        let geometry = given.geometry.flatMap(GeometryBlob.encode)
        let exact = values.append(contribution: given, geometry)
        values.append(identifier)
        values.append(Int64(given.kind.number))
        values.append(given.when?.seconds.lowerBound)
        values.append(given.when?.seconds.upperBound)
        values.append(Int64(key))
        values.append(publication.feature)
        values.append(Int64(publication.propertiesOffset))
        if case .blob = exact { values.append(exact) } else { values.append(geometry) }
        values.append(Int64(given.cell?.side.metres ?? 0))
        values.append(TextFolding.fold(given.title))
        values.append(TextFolding.fold(given.text))
        self.values = values
    }

    /// What it takes in memory, in bytes, but for what each takes.
    package var byteCount: Int { values.bytes.count }
}

extension PackedValues {
    /// The values of `ContributionColumns.names`, of which it returns the geometry.
    fileprivate mutating func append(contribution given: Contribution, _ geometry: [UInt8]?) -> Value {
        append(Int64(given.kind.number))
        append(given.title)
        append(given.text)
        append(given.themes.joined(separator: ","))
        append(given.when?.text)
        append(given.language)
        append(given.author)
        append(given.licence)
        append(given.precision.rawValue)
        let exact = append(given.precision == .exact ? geometry : nil)
        append(given.cell?.name)
        append(given.properties.json)
        return exact
    }
}
