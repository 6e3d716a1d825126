import Contributions
import MapFormats
import SpatialDatabase
import Testing

@testable import Curation

/// A curator's export while others decide.
@Suite struct CuratedExportTests {
    private func export(_ workshop: Workshop) throws -> CuratedExport {
        let (layers, layer) = (workshop.layers, workshop.layer)
        return try CuratedExport(
            try layers.require(layer).layer, of: workshop.store, as: .geojsonl, in: .paris
        ) { try layers.require(layer).snapshot }
    }

    private func rest(of export: inout CuratedExport) throws -> [JSONValue] {
        var bytes: [UInt8] = []
        while let piece = try export.next() { bytes += piece }
        return try bytes.split(separator: 0x0A).map { try JSONParser.parse(Array($0)) }
    }

    /// Whatever step it has come to when a curator publishes what waits, it is in the file once.
    @Test(arguments: 0...3)
    func whatIsDecidedUponMeanwhileIsInItOnce(steps: Int) async throws {
        let workshop = try await Workshop()
        let given = try await workshop.contribute(Workshop.submission(title: "Le bal"))
        var export = try export(workshop)
        var before: [UInt8] = []
        for _ in 0..<steps { before += try #require(try export.next()) }
        try await workshop.decide(.publish(from: nil), given.identifier)
        let written = try before.split(separator: 0x0A).map { try JSONParser.parse(Array($0)) }
        let found = written + (try rest(of: &export))
        #expect(found.count == 1, "after \(steps) steps: \(found)")
        let state = found.first?["properties"]?["state"]?.text
        #expect(state == (steps < 2 ? "published" : "pending"))
    }

    @Test func aPropertyOfThatNameFromElsewhereGivesWay() throws {
        let feature = Array(
            #"{"type":"Feature","id":"a","geometry":null,"properties":{"title":"x","state":"Ohio"}}"#.utf8)
        let marked = try feature.withUnsafeBytes { try ReviewMark.marking($0, as: .pending) }
        let plain = Array(#"{"type":"Feature","id":"a","geometry":null,"properties":{}}"#.utf8)
        let alone = try plain.withUnsafeBytes { try ReviewMark.marking($0, as: .asked) }
        #expect(try JSONParser.parse(marked)["properties"] == ["title": "x", "state": "pending"])
        #expect(try JSONParser.parse(alone)["properties"] == ["state": "asked"])
    }
}
