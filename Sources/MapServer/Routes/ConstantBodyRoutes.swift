/// Bodies that cost nothing to make: what the same process answers for them is the ceiling of all rates.
enum ConstantBodyRoutes {
    private static let largest = 10 << 20

    /// `GET /constant/{bytes}`
    static func body(_ request: RouteRequest) throws -> Reply {
        guard let size = Int(try request.capture("bytes")), (0...largest).contains(size) else {
            throw WebError.noSuchPage
        }
        return Reply(.bytes([UInt8](repeating: 0x20, count: size)), mediaType: "text/plain")
    }
}
