/// What two crawls of twin worlds have not been told alike.
struct Difference: CustomStringConvertible {
    let request: PublicRequest
    let first: PublicAnswer?
    let second: PublicAnswer?

    static func between(_ one: Crawl, _ other: Crawl) -> [Difference] {
        let requests = one.order + other.order.filter { one.answers[$0] == nil }
        return requests.compactMap { request in
            let (first, second) = (one.answers[request], other.answers[request])
            return first == second ? nil : Difference(request: request, first: first, second: second)
        }
    }

    var description: String {
        guard let first, let second else { return "\(request): asked in one world only" }
        if first.status != second.status { return "\(request): \(first.status) and \(second.status)" }
        let fields = Set(first.headers).symmetricDifference(second.headers).sorted()
        let place = zip(first.body, second.body).enumerated().first { $1.0 != $1.1 }?.offset
        guard let place else { return "\(request): \(fields)" }
        return "\(request): \(fields) …\(first.text(around: place))… and …\(second.text(around: place))…"
    }
}

extension PublicAnswer {
    fileprivate func text(around place: Int) -> String {
        String(decoding: body[max(0, place - 60)..<min(body.count, place + 60)], as: UTF8.self)
    }
}
