/// How QGIS draws our features when nothing else is said: calm, in the ink of our own maps, named by their titles.
///
/// Source: the form of QGIS 3 style documents (`qgis`, `renderer-v2`, `symbol`).
enum QGISStyle {
    private static let ink = "47,93,98,255"
    private static let wash = "47,93,98,60"
    private static let paper = "255,255,255,255"

    /// Nil for what is not drawn, or is of several kinds at once.
    static func document(of family: GeometryFamily) -> String? {
        switch family {
        case .point, .multipoint:
            document(
                type: "marker", geometry: 0, of: "SimpleMarker",
                [
                    ("name", "circle"), ("color", ink), ("outline_color", paper), ("outline_width", "0.4"),
                    ("size", "3"),
                ])
        case .linestring, .multilinestring:
            document(
                type: "line", geometry: 1, of: "SimpleLine",
                [("line_color", ink), ("line_width", "0.8"), ("capstyle", "round"), ("joinstyle", "round")])
        case .polygon, .multipolygon:
            document(
                type: "fill", geometry: 2, of: "SimpleFill",
                [("color", wash), ("outline_color", ink), ("outline_width", "0.4"), ("style", "solid")])
        case .collection, .nowhere: nil
        }
    }

    private static func document(
        type: String, geometry: Int, of symbol: String, _ options: [(name: String, value: String)]
    ) -> String {
        let properties = options.map { #"<Option name="\#($0.name)" type="QString" value="\#($0.value)"/>"# }
        return """
            <!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\
            <qgis version="3.22" styleCategories="Symbology|MapTips">\
            <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0"><symbols>\
            <symbol name="0" type="\(type)" alpha="1" clip_to_extent="1" force_rhr="0">\
            <layer class="\(symbol)" enabled="1" locked="0" pass="0">\
            <Option type="Map">\(properties.joined())</Option></layer></symbol></symbols></renderer-v2>\
            <previewExpression>"title"</previewExpression><layerGeometryType>\(geometry)</layerGeometryType></qgis>
            """
    }
}
