import MapGeometry
import Testing

@Test(
    "every geometry error is a sentence with the value at fault",
    arguments: [
        (
            GeometryError.notFinite(longitude: .nan, latitude: 1),
            "the position [nan, 1.0] is not made of finite numbers"
        ),
        (.longitudeOutOfRange(181), "the longitude 181.0 is outside -180…180"),
        (.latitudeOutOfRange(-91), "the latitude -91.0 is outside -90…90"),
        (
            .boxLatitudesReversed(south: 2, north: 1),
            "the south edge 2.0 lies north of the north edge 1.0; write west,south,east,north"
        ),
        (
            .tooFewPositions(found: 1, needed: 2, shape: "LineString"),
            "a LineString needs at least 2 positions, found 1"
        ),
        (.ringNotClosed, "a polygon ring must end at the position it starts from"),
        (.tileOutsideMatrix(zoom: 3, column: 8, row: 0), "there is no tile at zoom 3, column 8, row 0"),
        (.noSuchCell("x"), "“x” names no cell; a name is like CRS3035RES200mN2889400E3763600"),
    ])
func sentence(error: GeometryError, expected: String) {
    #expect(error.description == expected)
}
