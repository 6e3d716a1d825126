import MapFormats
import MapGeometry

/// A layer as GPX: places as waypoints, ways as tracks. A cell is its centre, with its size in the name; what has no
/// place, several places, or an area that is no cell is left out.
enum GPXExport {
    static func begin(_ label: ExportLabel, to bytes: inout [UInt8]) {
        bytes += Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <gpx version="1.1" creator="Lieudit" xmlns="http://www.topografix.com/GPX/1/1" \
            xmlns:ogr="\(GPXWriter.extensionNamespace)">
            <metadata>
            """.utf8)
        XMLText.append("name", label.title, to: &bytes)
        let about = [label.description, label.attribution, ExportLabel.treatment].filter { !$0.isEmpty }
        XMLText.append("desc", about.joined(separator: "\n"), to: &bytes)
        bytes += Array("<copyright author=\"".utf8)
        XMLText.append(label.attribution, to: &bytes)
        bytes += Array("\"></copyright></metadata>\n".utf8)
    }

    /// Writes a feature in the pass that it belongs to; false in the first pass for what has no form here.
    static func append(_ feature: GeoJSONFeature, in pass: GPXWriter.Pass, to bytes: inout [UInt8]) throws -> Bool {
        let shape = try Shape(feature)
        switch (shape, pass) {
        case (.place(let place), .places):
            GPXWriter.append(waypoint: place, description(of: feature), to: &bytes)
        case (.way(let lines), .ways): GPXWriter.append(track: lines, description(of: feature), to: &bytes)
        case (.none, .places): return false
        case (.place, .ways), (.way, .places), (.none, .ways): break
        }
        return true
    }

    static func holds(_ feature: GeoJSONFeature) throws -> Bool { try Shape(feature) != nil }

    fileprivate enum Shape {
        case place(Coordinate)
        case way([LineString])

        init?(_ feature: GeoJSONFeature) throws {
            switch feature.geometry {
            case .point(let place): self = .place(place)
            case .lineString(let line): self = .way([line])
            case .multiLineString(let lines): self = .way(lines)
            case .polygon, .multiPolygon:
                guard let cell = PointOfCell(feature) else { return nil }
                self = .place(cell.place)
            case .multiPoint, .geometryCollection, nil: return nil
            }
        }
    }

    private static func description(of feature: GeoJSONFeature) -> GPXWriter.Description {
        let properties = feature.properties
        let title = properties["title"]?.text ?? ""
        var extensions = [(name: "id", text: feature.identifier ?? "")]
        for member in properties.members where member.name != "id" {
            guard let text = member.value.plainText else { continue }
            extensions.append((name: name(member.name, besides: extensions.map(\.name)), text: text))
        }
        return GPXWriter.Description(
            name: PointOfCell(feature)?.name(title) ?? title,
            text: properties["text"]?.text ?? "", kind: properties["kind"]?.text ?? "", extensions: extensions)
    }

    /// A name of XML for a property, other than those before it.
    private static func name(_ property: String, besides others: [String]) -> String {
        let isLetter: (Unicode.Scalar) -> Bool = { "a"..."z" ~= $0 || "A"..."Z" ~= $0 || $0 == "_" }
        var name = String(
            String.UnicodeScalarView(
                property.unicodeScalars.map { isLetter($0) || "0"..."9" ~= $0 ? $0 : "_" }))
        if name.unicodeScalars.first.map({ !isLetter($0) }) ?? true { name = "_" + name }
        while others.contains(name) { name += "_" }
        return name
    }
}
