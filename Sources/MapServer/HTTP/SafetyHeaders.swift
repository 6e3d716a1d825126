import HTTPTypes

/// Headers of every answer, errors and 304 included: what a browser must refuse, who may read, and how long it keeps.
/// What a reply says itself stands instead. Made once.
enum SafetyHeaders {
    static func common(isSecure: Bool, isIndexable: Bool) -> HTTPFields {
        switch (isSecure, isIndexable) {
        case (false, true): plain
        case (false, false): unindexedPlain
        case (true, true): secure
        case (true, false): unindexedSecure
        }
    }

    private static let plain: HTTPFields = [
        .accessControlAllowOrigin: "*",
        .accessControlExposeHeaders:
            "ETag, Link, Content-Crs, OGC-NumberMatched, OGC-NumberReturned, OATiles-hint, Link-Template, "
            + "Accept-Ranges, Content-Range, Content-Disposition, Lieudit-Left-Out",
        .xContentTypeOptions: "nosniff", .referrerPolicy: "no-referrer", .vary: "Accept, Accept-Encoding",
        .cacheControl: "public, max-age=0, must-revalidate",
        .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", .openerPolicy: "same-origin",
        // Tiles are many, so that this is short; pages refuse all of a device by its name.
        .permissionsPolicy: "geolocation=(), camera=(), microphone=()",
    ]

    /// RFC 6797, section 7.2: never over plain HTTP.
    private static let secure = plain.merging([.strictTransportSecurity: "max-age=31536000"])

    private static let unindexedPlain = plain.merging([.robots: "noindex"])
    private static let unindexedSecure = secure.merging([.robots: "noindex"])
}

/// Each name is a token, which is all that the initialiser asks.
extension HTTPField.Name {
    static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let robots = HTTPField.Name("X-Robots-Tag")!
}
