import MapFormats

/// A layer as KML: one placemark a feature, with all that it says of itself.
enum KMLExport {
    static func begin(_ label: ExportLabel, to bytes: inout [UInt8]) {
        bytes += Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <kml xmlns="http://www.opengis.net/kml/2.2" xmlns:atom="http://www.w3.org/2005/Atom">
            <Document>
            """.utf8)
        XMLText.append("name", label.title, to: &bytes)
        bytes += Array("<atom:author>".utf8)
        XMLText.append("atom:name", label.attribution, to: &bytes)
        bytes += Array("</atom:author>".utf8)
        append(description: [label.description, label.attribution, ExportLabel.treatment], to: &bytes)
        bytes += Array("<ExtendedData>".utf8)
        if let licence = label.licence { KMLWriter.append(property: "licence", licence, to: &bytes) }
        KMLWriter.append(property: "positions", ExportLabel.treatment, to: &bytes)
        bytes += Array("</ExtendedData>\n".utf8)
    }

    static func append(_ feature: GeoJSONFeature, to bytes: inout [UInt8]) {
        bytes += Array("<Placemark>".utf8)
        XMLText.append("name", feature.properties["title"]?.text ?? "", to: &bytes)
        append(description: [feature.properties["text"]?.text ?? ""], to: &bytes)
        bytes += Array("<ExtendedData>".utf8)
        if let identifier = feature.identifier { KMLWriter.append(property: "id", identifier, to: &bytes) }
        for member in feature.properties.members where member.name != "id" {
            guard let text = member.value.plainText else { continue }
            KMLWriter.append(property: member.name, text, to: &bytes)
        }
        bytes += Array("</ExtendedData>".utf8)
        if let geometry = feature.geometry { KMLWriter.append(geometry, to: &bytes) }
        bytes += Array("</Placemark>\n".utf8)
    }

    /// Programs show a description as a page: what people wrote must stay text there, so that it is escaped twice.
    private static func append(description parts: [String], to bytes: inout [UInt8]) {
        let parts = parts.filter { !$0.isEmpty }
        guard !parts.isEmpty else { return }
        var page: [UInt8] = []
        XMLText.append(parts.joined(separator: "\n"), to: &page)
        XMLText.append("description", String(decoding: page, as: UTF8.self), to: &bytes)
    }
}

extension JSONValue {
    /// As formats have it that know nothing but text; nil for null and empty lists.
    var plainText: String? {
        switch flattened {
        case .string(let text): text
        case nil, .null: nil
        case let value?: JSONWriter.text(of: value)
        }
    }
}
