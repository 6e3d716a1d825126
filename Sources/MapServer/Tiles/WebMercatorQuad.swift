import MapFormats

/// The tile matrix set of all our tiles, as the registry of the OGC describes it.
///
/// Source: OGC 17-083r4, Two Dimensional Tile Matrix Set and Tile Set Metadata, annex D.1, and the document
/// that the registry gives under `uri`.
enum WebMercatorQuad {
    static let identifier = "WebMercatorQuad"
    static let title = "Google Maps Compatible for the World"
    static let uri = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
    static let crs = "http://www.opengis.net/def/crs/EPSG/0/3857"

    static let document: JSONObject = [
        "id": .string(identifier), "title": .string(title), "uri": .string(uri), "crs": .string(crs),
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": .array(matrices.enumerated().map { .object(matrix(zoom: $0, $1)) }),
    ]

    private static func matrix(zoom: Int, _ sizes: (scale: Double, cell: Double)) -> JSONObject {
        [
            "id": .string(String(zoom)), "scaleDenominator": .number(sizes.scale), "cellSize": .number(sizes.cell),
            "pointOfOrigin": [-20_037_508.3427892, 20_037_508.3427892], "tileWidth": 256, "tileHeight": 256,
            "matrixWidth": .integer(1 << zoom), "matrixHeight": .integer(1 << zoom),
        ]
    }

    /// Scale denominator, and side of a cell in metres, by zoom. Written out because the last digits of the
    /// registry follow no single rule of rounding.
    private static let matrices: [(scale: Double, cell: Double)] = [
        (559_082_264.028717, 156_543.033928041),
        (279_541_132.014358, 78_271.5169640204),
        (139_770_566.007179, 39_135.7584820102),
        (69_885_283.0035897, 19_567.8792410051),
        (34_942_641.5017948, 9_783.93962050256),
        (17_471_320.7508974, 4_891.96981025128),
        (8_735_660.37544871, 2_445.98490512564),
        (4_367_830.18772435, 1_222.99245256282),
        (2_183_915.09386217, 611.49622628141),
        (1_091_957.54693108, 305.748113140704),
        (545_978.773465544, 152.874056570352),
        (272_989.386732772, 76.4370282851762),
        (136_494.693366386, 38.2185141425881),
        (68_247.346683193, 19.109257071294),
        (34_123.6733415964, 9.55462853564703),
        (17_061.8366707982, 4.77731426782351),
        (8_530.91833539913, 2.38865713391175),
        (4_265.45916769956, 1.19432856695587),
        (2_132.72958384978, 0.597164283477939),
        (1_066.36479192489, 0.29858214173897),
        (533.182395962445, 0.149291070869485),
        (266.591197981222, 0.0746455354347424),
        (133.295598990611, 0.0373227677173712),
        (66.6477994953056, 0.0186613838586856),
        (33.3238997476528, 0.0093306919293428),
    ]
}
