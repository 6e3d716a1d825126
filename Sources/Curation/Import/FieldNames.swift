import MapFormats

/// The fields that a file has: those of its header, or of its first records.
struct FieldNames {
    private let columns: CSVColumns?
    private var names: [String]
    private var seen: Set<String> = []
    private var recordsLeft = 100

    init(_ columns: CSVColumns?) {
        self.columns = columns
        names = columns?.header ?? []
    }

    mutating func take(_ feature: GeoJSONFeature) {
        guard columns == nil, recordsLeft > 0 else { return }
        recordsLeft -= 1
        for member in feature.properties.members where seen.insert(member.name).inserted { names.append(member.name) }
    }

    /// How they are read by `reader`.
    func proposal(by reader: ContributionReader, key: RecordKey?) -> FieldProposal {
        let found = properties(by: reader)
        let title = ([reader.titleName].compactMap { $0 } + ContributionReader.usualTitles).first(where: found.contains)
        var proposal = FieldProposal()
        for (field, property) in zip(names, found) {
            if field == key?.field {
                proposal.read.append(.init(field, RecordKey.identifierProperty))
                // Whose value goes on as what it was besides.
                if property.map(reader.givesMeaning) != true { continue }
            }
            proposal.add(field, as: property == title && title != nil ? "title" : property, isKeyed: key != nil)
        }
        return proposal
    }

    /// Under which name each is read; nil for what is not.
    private func properties(by reader: ContributionReader) -> [String?] {
        reader.dialect.names(of: names).map { name in
            guard let name, columns?.isHiddenByTitle(name) != true else { return nil }
            let property = columns?.property(ofColumn: name) ?? name
            return reader.renamed[property] ?? property
        }
    }
}

extension FieldProposal {
    /// Properties of ours that are read although we work them out, too: they say that a place is a cell.
    private static let readBesides: Set<String> = ["cell", "precision_m"]
    /// What a curator gives encounter points here, and no file.
    private static let givenHere: Set<String> = ["hours", "prompt", "encounter_state", "encounter", "reveals"]
    private static let places: Set<String> = ["longitude", "latitude"]

    fileprivate mutating func add(_ field: String, as property: String?, isKeyed: Bool) {
        guard let property else { return leftOut.append(field) }
        let isTaken = isKeyed && [RecordKey.sourceProperty, RecordKey.identifierProperty].contains(property)
        if isTaken || isIgnored(property) {
            leftOut.append(field)
        } else if field != property || PublishedFeature.ownProperties.contains(property)
            || Self.readBesides.contains(property) || Self.places.contains(property)
        {
            read.append(Reading(field, property))
        } else {
            kept.append(field)
        }
    }

    private func isIgnored(_ property: String) -> Bool {
        Self.givenHere.contains(property)
            || PublishedFeature.derivedProperties.contains(property) && !Self.readBesides.contains(property)
    }
}
