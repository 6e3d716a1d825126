import Contributions
import Curation
import MapFormats

/// One sheet of a print: what is put on one wall.
struct CodeSheet {
    let values: [String: Any]

    /// - Parameter address: the public address, without a slash at its end.
    init(_ printed: PrintedCode, _ point: PointOnWall, _ code: QRCode, at address: String, _ words: Words) {
        let link = PrintRoutes.link(printed, at: address)
        var values: [String: Any] = [
            "title": point.title.isEmpty ? words["kinds", "encounter"] ?? "" : point.title,
            "isNamed": !point.title.isEmpty, "path": code.path, "side": code.wholeSide,
            "host": Self.withoutScheme(address), "code": printed.issued.code.text, "link": link,
            "label": printed.issued.label,
        ]
        values["lang"] = point.properties["lang"]?.text
        self.values = values
    }

    /// As one types it; a browser finds the rest.
    private static func withoutScheme(_ address: String) -> String {
        address.firstRange(of: "://").map { String(address[$0.upperBound...]) } ?? address
    }
}
