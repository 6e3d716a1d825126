import Foundation

/// The address that may be printed: the one that was configured, since a wall is read for years.
extension Site {
    /// - Throws: `WebError.noPublicAddress` while none is configured, or one that leads nobody here.
    func printableURL() throws(WebError) -> String {
        guard let url = configuration.publicURL, !Self.isLoopback(url) else {
            throw .noPublicAddress(configuration.publicURL)
        }
        return url
    }

    /// Whether an address leads back to the very machine that asks, or nowhere.
    static func isLoopback(_ address: String) -> Bool {
        guard let url = URLComponents(string: address), ["http", "https"].contains(url.scheme?.lowercased()),
            let host = url.host?.lowercased().trimmingCharacters(in: ["[", "]", "."]), !host.isEmpty
        else { return true }
        return host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("127.") || host == "::1"
            || host == "::" || host == "0.0.0.0"
    }

    /// The configured former address by which a client has reached us; nil for every other.
    /// - Parameter host: the host and port that the client has asked for.
    func formerURL(host: String?) -> String? {
        guard !configuration.formerPublicURLs.isEmpty, let host = host?.lowercased() else { return nil }
        return configuration.formerPublicURLs.first { Self.authority(of: $0) == host }
    }

    /// Host and port as a browser sends them.
    private static func authority(of address: String) -> String? {
        let parts = address.lowercased().split(separator: "/", omittingEmptySubsequences: false)
        return parts.count > 2 ? String(parts[2]) : nil
    }
}
