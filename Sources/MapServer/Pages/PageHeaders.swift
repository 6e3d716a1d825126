import HTTPTypes

/// What every page tells a browser to refuse, beside its content security policy.
enum PageHeaders {
    static func fields(in frame: PageFrame) -> HTTPFields {
        var fields: HTTPFields = [.openerPolicy: "same-origin", .permissionsPolicy: permissions]
        // RFC 6797, section 7.2: never over plain HTTP.
        if frame.isSecure { fields[.strictTransportSecurity] = "max-age=31536000" }
        return fields
    }

    /// "Near me" asks for the position, which then stays in the page; nothing else of the device is any business of ours.
    private static let permissions = [
        "geolocation=(self)", "camera=()", "microphone=()", "payment=()", "usb=()", "midi=()", "accelerometer=()",
        "gyroscope=()", "magnetometer=()", "display-capture=()",
    ].joined(separator: ", ")
}

/// Each name is a token, which is all that the initialiser asks.
extension HTTPField.Name {
    fileprivate static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    fileprivate static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
}

extension HTTPFields {
    /// The same with those of `others` in place of its own.
    func merging(_ others: HTTPFields) -> HTTPFields {
        var fields = self
        for field in others { fields[fields: field.name] = [field] }
        return fields
    }
}
