import HTTPTypes

/// Fields of OGC API answers. Each name is a token, which is all that the initialiser asks.
extension HTTPField.Name {
    /// OGC 18-058r1, section 6.4.
    static let contentCRS = HTTPField.Name("Content-Crs")!
    /// OGC 17-069r4, section 7.15.8: what a FeatureCollection says in its members and a table cannot.
    static let numberMatched = HTTPField.Name("OGC-NumberMatched")!
    static let numberReturned = HTTPField.Name("OGC-NumberReturned")!
    /// RFC 8288.
    static let link = HTTPField.Name("Link")!
}
