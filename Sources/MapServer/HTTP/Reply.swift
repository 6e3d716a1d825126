import HTTPTypes
import Hummingbird
import NIOCore

/// What a route answers, before validators, compression and HEAD have been seen to.
struct Reply: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        /// The same, where they were written into what will be sent.
        case buffer(ByteBuffer)
        /// The same bytes with their gzip form made earlier.
        case precompressed([UInt8], gzip: [UInt8])
        /// A gzip form from elsewhere, inflated for the few clients that do not take it.
        case gzipped([UInt8])
        /// Pieces of a body whose length is not known.
        case pieces(@Sendable () async throws -> [UInt8]?)
        /// A file that is made already, of which a client may ask for a part.
        case file(FileBody)
    }

    var status: HTTPResponse.Status = .ok
    var mediaType: String
    var body: Body
    /// Of the content without its encoding and without a clock; nil where there is none (errors).
    var entityTag: EntityTag?
    var headers: HTTPFields = [:]
    /// Whether it is for who has asked alone, because of the session that they have.
    var isForOne = false
    /// Whether search engines may keep it.
    var isIndexable = true

    init(
        _ body: Body, mediaType: String, status: HTTPResponse.Status = .ok, entityTag: EntityTag? = nil,
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.mediaType = mediaType
        self.body = body
        self.entityTag = entityTag
        self.headers = headers
    }

    /// A body with a strong validator made of its bytes.
    init(_ bytes: [UInt8], mediaType: String, headers: HTTPFields = [:]) {
        self.init(.bytes(bytes), mediaType: mediaType, entityTag: .strong(ContentHash.of(bytes)), headers: headers)
    }

    init(_ problem: Problem) {
        self.init(
            .bytes(problem.body), mediaType: MediaType.problem, status: problem.status, headers: problem.headers)
    }
}

/// The media types that this service speaks.
enum MediaType {
    static let json = "application/json"
    static let geoJSON = "application/geo+json"
    static let problem = "application/problem+json"
    /// A file, whatever is in it.
    static let bytes = "application/octet-stream"
    static let form = "application/x-www-form-urlencoded"
    static let vectorTile = "application/vnd.mapbox-vector-tile"
    static let html = "text/html; charset=utf-8"
    /// The same as a client asks for it.
    static let page = "text/html"
    static let css = "text/css; charset=utf-8"
    static let script = "text/javascript; charset=utf-8"
    static let definition = "application/vnd.oai.openapi+json;version=3.0"
    static let metrics = "text/plain; version=0.0.4; charset=utf-8"
    static let style = "application/vnd.mapbox.style+json"
}
