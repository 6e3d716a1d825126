import HTTPTypes
import HummingbirdTesting
import NIOCore

/// What a stranger asks, with nothing in hand.
struct PublicRequest: Hashable, Sendable, CustomStringConvertible {
    var method = HTTPRequest.Method.get
    let address: String
    var headers: HTTPFields = [:]

    init(_ address: String) {
        self.address = address
    }

    func with(_ name: HTTPField.Name, _ value: String) -> PublicRequest {
        var request = self
        request.headers[name] = value
        return request
    }

    func asking(_ method: HTTPRequest.Method) -> PublicRequest {
        var request = self
        request.method = method
        return request
    }

    var description: String {
        "\(method) \(address)" + headers.map { " \($0.name): \($0.value)" }.joined()
    }
}

/// All that somebody can see of an answer, but for the moment at which it was given.
struct PublicAnswer: Equatable, Sendable {
    let status: Int
    let headers: [String]
    let body: [UInt8]

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers.filter { $0.name != .date }.map { "\($0.name): \($0.value)" }.sorted()
        body = Array(buffer: response.body)
    }

    func header(_ name: String) -> String? {
        let start = name.lowercased() + ": "
        return headers.first { $0.lowercased().hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
    }

    var isJSON: Bool { header("Content-Type")?.contains("json") ?? false }

    /// Whether a text stands in the body.
    func holds(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { body.firstPlace(of: $0, from: 0) != nil }
    }
}

extension [UInt8] {
    /// Where some bytes begin, at `start` or behind it; nil where they are not.
    func firstPlace(of wanted: some Collection<UInt8>, from start: Int) -> Int? {
        guard let first = wanted.first, count >= wanted.count else { return nil }
        return withUnsafeBufferPointer { bytes in
            var place = start
            while place + wanted.count <= bytes.count {
                if bytes[place] == first, bytes[place..<(place + wanted.count)].elementsEqual(wanted) { return place }
                place += 1
            }
            return nil
        }
    }
}
