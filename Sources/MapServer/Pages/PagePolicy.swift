import Contributions

/// What a browser may do with one of our pages: scripts, styles and data from our own origin only; the map library
/// draws in a worker made of a blob, and pages for those who contribute keep themselves with a worker of ours.
struct PagePolicy {
    /// Whose pages may show it in a frame.
    var framedBy = Framing.nobody
    /// Whether it shows pages of ours in frames of its own, as a preview does.
    var framesOwnPages = false

    enum Framing {
        case nobody
        case ourselves
        /// These origins to the letter, and ourselves.
        case partner([Origin])

        fileprivate var sources: String {
            switch self {
            case .nobody: "'none'"
            case .ourselves: "'self'"
            case .partner(let origins): (["'self'"] + origins.map(\.text)).joined(separator: " ")
            }
        }
    }

    /// As `Content-Security-Policy` says it.
    var text: String {
        let frames = framesOwnPages ? ["frame-src 'self' blob:"] : []
        return (Self.sources + frames + ["frame-ancestors \(framedBy.sources)"]).joined(separator: "; ")
    }

    private static let sources = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
        "connect-src 'self'", "worker-src 'self' blob:", "child-src blob:", "base-uri 'none'", "form-action 'self'",
    ]
}
