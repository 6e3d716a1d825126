import Contributions
import MapGeometry
import Testing

@Suite("Contributions")
struct ContributionTests {
    private let point = Geometry.point(Coordinate(clampingLongitude: 2.35, latitude: 48.85))

    @Test("a contribution keeps what it was given")
    func keeps() throws {
        let when = try ExtendedDate("1987-06")
        let cell = try GridCell(name: "CRS3035RES200mN2890400E3762800")
        let properties = FreeProperties(members: [.init(name: "n", json: "1")], json: #"{"n":1}"#)
        let contribution = try Contribution(
            kind: .memory, title: "Le bal", text: "On dansait.", themes: ["fêtes"], when: when, language: "fr",
            author: "Ana", licence: "CC-BY-4.0", precision: .about, geometry: point, cell: cell, properties: properties)
        #expect(contribution.kind == .memory && contribution.title == "Le bal" && contribution.text == "On dansait.")
        #expect(contribution.themes == ["fêtes"] && contribution.when == when && contribution.language == "fr")
        #expect(contribution.author == "Ana" && contribution.licence == "CC-BY-4.0")
        #expect(contribution.precision == .about && contribution.geometry == point && contribution.cell == cell)
        #expect(contribution.properties == properties)
    }

    @Test("without geometry there is no precision, and without precision no geometry")
    func noneIsNowhere() throws {
        #expect(try Contribution(precision: .exact, geometry: nil).precision == .none)
        #expect(try Contribution(precision: .none, geometry: point).geometry == nil)
        #expect(try Contribution(geometry: point).precision == .exact)
    }

    @Test("a cell stands for a position exactly at about and wide")
    func cellsAndPrecisionGoTogether() throws {
        let cell = try GridCell(name: "CRS3035RES200mN2890400E3762800")
        #expect(throws: ContributionError.precision("about")) { try Contribution(precision: .about, geometry: point) }
        #expect(throws: ContributionError.precision("exact")) {
            try Contribution(precision: .exact, geometry: point, cell: cell)
        }
    }

    @Test("kinds have the numbers that the store keeps")
    func kindNumbers() {
        #expect(Kind.allCases.map(\.number) == [0, 1, 2])
        #expect(Kind.allCases.map(\.rawValue) == ["place", "memory", "encounter"])
        #expect((0...2).map { Kind(number: $0) } == [.place, .memory, .encounter])
        #expect(Kind(number: 3) == nil && Kind(number: 255) == nil)
    }

    @Test("precisions have the names that the interface gives them")
    func precisionNames() {
        #expect(Precision.allCases.map(\.rawValue) == ["exact", "about", "wide", "none"])
    }

    @Test("a layer without a title bears its identifier, and is looked at before it is public")
    func layerDefaults() throws {
        let layer = Layer(identifier: try LayerIdentifier("bal"))
        #expect(layer.title == "bal" && layer.review == .before && layer.contributors == .anyone)
        #expect(layer.defaultPrecision == .about && layer.finestPrecision == .exact && layer.licence == nil)
        #expect(Layer(identifier: layer.identifier, title: "Le bal").title == "Le bal")
    }
}
