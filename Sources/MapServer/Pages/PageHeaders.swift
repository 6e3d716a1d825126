import HTTPTypes

/// What every page tells a browser to refuse, beside its content security policy and what every answer says.
enum PageHeaders {
    static let fields: HTTPFields = [.permissionsPolicy: permissions]

    /// "Near me" asks for the position, which then stays in the page; nothing else of the device is any business of ours.
    private static let permissions = [
        "geolocation=(self)", "camera=()", "microphone=()", "payment=()", "usb=()", "midi=()", "accelerometer=()",
        "gyroscope=()", "magnetometer=()", "display-capture=()",
    ].joined(separator: ", ")
}

extension HTTPFields {
    /// The same with those of `others` in place of its own.
    func merging(_ others: HTTPFields) -> HTTPFields {
        var fields = self
        for field in others { fields[fields: field.name] = [field] }
        return fields
    }
}
