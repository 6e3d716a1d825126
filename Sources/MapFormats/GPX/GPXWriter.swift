package import MapGeometry

/// Writes waypoints and tracks of a GPX document.
///
/// Source: GPX 1.1 Schema, topografix.com/GPX/1/1: all waypoints stand before all tracks.
package enum GPXWriter {
    package enum Pass: Sendable {
        case places, ways
    }

    /// What stands beside a position: the elements that GPX has names for, and those that it has not.
    package struct Description {
        package var name: String
        package var text: String
        package var kind: String
        /// Under names of XML, all different.
        package var extensions: [(name: String, text: String)]

        package init(name: String, text: String, kind: String, extensions: [(name: String, text: String)]) {
            self.name = name
            self.text = text
            self.kind = kind
            self.extensions = extensions
        }
    }

    /// The namespace in which GDAL writes and reads what GPX has no element for.
    package static let extensionNamespace = "http://osgeo.org/gdal"

    package static func append(waypoint place: Coordinate, _ description: Description, to bytes: inout [UInt8]) {
        appendPlace("wpt", place, to: &bytes)
        append(description, to: &bytes)
        bytes += Array("</wpt>\n".utf8)
    }

    package static func append(track lines: [LineString], _ description: Description, to bytes: inout [UInt8]) {
        bytes += Array("<trk>".utf8)
        append(description, to: &bytes)
        for line in lines {
            bytes += Array("<trkseg>".utf8)
            for place in line.coordinates {
                appendPlace("trkpt", place, to: &bytes)
                bytes += Array("</trkpt>".utf8)
            }
            bytes += Array("</trkseg>".utf8)
        }
        bytes += Array("</trk>\n".utf8)
    }

    private static func append(_ description: Description, to bytes: inout [UInt8]) {
        XMLText.append("name", description.name, to: &bytes)
        if !description.text.isEmpty { XMLText.append("desc", description.text, to: &bytes) }
        XMLText.append("type", description.kind, to: &bytes)
        guard !description.extensions.isEmpty else { return }
        bytes += Array("<extensions>".utf8)
        for (name, text) in description.extensions { XMLText.append("ogr:\(name)", text, to: &bytes) }
        bytes += Array("</extensions>".utf8)
    }

    private static func appendPlace(_ name: String, _ place: Coordinate, to bytes: inout [UInt8]) {
        bytes += Array("<\(name) lat=\"".utf8)
        JSONWriter.append(degrees: place.latitude, decimals: 7, to: &bytes)
        bytes += Array("\" lon=\"".utf8)
        JSONWriter.append(degrees: place.longitude, decimals: 7, to: &bytes)
        bytes += Array("\">".utf8)
    }
}
