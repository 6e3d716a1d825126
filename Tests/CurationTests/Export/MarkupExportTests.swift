import Contributions
import Foundation
import MapFormats
import MapGeometry
import Projections
import SpatialDatabase
import Testing

@testable import Curation

/// KML and GPX, word for word.
@Suite struct MarkupExportTests {
    private func fixture() async throws -> LayerFixture {
        let cell = try GridCell(name: "CRS3035RES200mN2890400E3762800")
        let walk = try LineString([place(2, 48), place(3, 49)])
        let contributions = [
            try Contribution(
                kind: .memory, title: "Bal & <fête>", text: "Un\nsoir", themes: ["bal", "été"], precision: .about,
                geometry: cell.polygon, cell: cell),
            try Contribution(kind: .place, title: "Marche", geometry: .lineString(walk)),
            try Contribution(kind: .place, title: "Nulle part", precision: .none, geometry: nil),
        ]
        return try await LayerFixture(
            try contributions.enumerated().map {
                try PublishedFeature.publication(of: $1, identifier: PublicIdentifier(bits: UInt128($0)))
            })
    }

    private func export(_ fixture: LayerFixture, _ format: ExportFormat) throws -> (text: String, leftOut: Int) {
        var bytes: [UInt8] = []
        let leftOut = try fixture.store.export(fixture.layer.layer, as: format, at: 0) { bytes += $0 }
        return (String(decoding: bytes, as: UTF8.self), leftOut)
    }

    @Test func aCellIsItsCentreInGPXAndSaysSo() async throws {
        let (text, leftOut) = try export(try await fixture(), .gpx)
        let centre = try GridCell(name: "CRS3035RES200mN2890400E3762800").representative
        #expect(leftOut == 1)
        #expect(
            text.contains(
                #"<wpt lat="\#(centre.latitude)" lon="\#(centre.longitude)"><name>Bal &amp; &lt;fête&gt; ± 200 m</name>"#
            ))
        #expect(text.contains("<ogr:title>Bal &amp; &lt;fête&gt;</ogr:title>"))
        #expect(text.contains("<ogr:theme>bal,été</ogr:theme>"))
        #expect(
            text.contains("<ogr:precision_m>200</ogr:precision_m><ogr:cell>CRS3035RES200mN2890400E3762800</ogr:cell>"))
        #expect(text.contains(#"<trkseg><trkpt lat="48" lon="2"></trkpt><trkpt lat="49" lon="3"></trkpt></trkseg>"#))
        let (waypoint, track) = (text.range(of: "<wpt"), text.range(of: "<trk>"))
        #expect(try #require(waypoint).lowerBound < #require(track).lowerBound)
        #expect(!text.contains("Nulle part"))
    }

    @Test func whatPeopleWriteIsNoPageInKML() async throws {
        let (text, leftOut) = try export(try await fixture(), .kml)
        #expect(leftOut == 0)
        #expect(text.contains("<Placemark><name>Bal &amp; &lt;fête&gt;</name>"))
        #expect(text.contains(#"<Data name="title"><value>Bal &amp; &lt;fête&gt;</value></Data>"#))
        #expect(text.contains("<Polygon><outerBoundaryIs><LinearRing><coordinates>"))
        #expect(text.contains("<LineString><coordinates>2,48 3,49</coordinates></LineString></Placemark>"))
        #expect(text.components(separatedBy: "<Placemark>").count == 4)
        #expect(text.hasSuffix("</Document>\n</kml>\n"))
    }

    @Test("A description is shown as a page, so that markup in it is escaped twice")
    func descriptionsAreEscapedTwice() throws {
        var bytes: [UInt8] = []
        KMLExport.append(GeoJSONFeature(geometry: nil, properties: ["text": "<script>x</script>"]), to: &bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("<description>&amp;lt;script&amp;gt;x&amp;lt;/script&amp;gt;</description>"))
    }

    @Test func namesOfPropertiesBecomeNamesOfXML() throws {
        var bytes: [UInt8] = []
        let properties: JSONObject = ["title": "a", "a b": "1", "a-b": "2", "1x": "3", "é": "4"]
        let feature = GeoJSONFeature(identifier: "k", geometry: .point(place(1, 2)), properties: properties)
        #expect(try GPXExport.append(feature, in: .places, to: &bytes))
        let text = String(decoding: bytes, as: UTF8.self)
        for element in ["<ogr:a_b>1<", "<ogr:a_b_>2<", "<ogr:_1x>3<", "<ogr:_>4<"] { #expect(text.contains(element)) }
    }
}
