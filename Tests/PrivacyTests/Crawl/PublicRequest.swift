import Foundation
import HTTPTypes
import NIOCore

@testable import MapServer

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
    private(set) var headers: [String]
    private(set) var body: [UInt8]

    init(_ response: Answered) {
        status = response.status.code
        headers = response.headers.filter { $0.name != .date }.map { "\($0.name): \($0.value)" }.sorted()
        body = Array(buffer: response.body)
    }

    /// The same with hashes of its body in place of the body, for crawls whose answers no memory would hold.
    var condensed: PublicAnswer {
        var answer = self
        let hashes = body.withUnsafeBytes { [ContentHash.of($0), ContentHash.of($0, seed: 77)] }
        answer.body = hashes.flatMap { hash in withUnsafeBytes(of: hash) { Array($0) } }
        return answer
    }

    /// Where to go on is sealed, and other bytes in each world: it stands for how often anything has changed. All that
    /// can be read of it, its length, stays.
    mutating func forgetCursors() {
        let isSqueezed = header("Content-Encoding") == "gzip"
        if isSqueezed { headers.removeAll { $0.lowercased().hasPrefix("content-length") } }
        let plain = isSqueezed ? Gunzip.decompress(body) ?? body : body
        var run = 0
        body = plain
        for place in plain.indices {
            let isLetter =
                switch plain[place] {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            run = isLetter ? run + 1 : 0
            // No id is as long.
            if run == 50 { for before in place - 49..<place { body[before] = UInt8(ascii: "*") } }
            if run >= 50 { body[place] = UInt8(ascii: "*") }
        }
    }

    func header(_ name: String) -> String? {
        let start = name.lowercased() + ": "
        return headers.first { $0.lowercased().hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
    }

    var isJSON: Bool { header("Content-Type")?.contains("json") ?? false }
}

extension [UInt8] {
    /// Where some bytes begin, at `start` or behind it; nil where they are not.
    func firstPlace(of wanted: [UInt8], from start: Int = 0) -> Int? {
        guard let first = wanted.first else { return nil }
        return withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress else { return nil }
            var place = start
            while place + wanted.count <= bytes.count {
                let rest = bytes.count - wanted.count + 1 - place
                guard let found = memchr(base + place, Int32(first), rest) else { return nil }
                place = UnsafeRawPointer(found) - base
                if memcmp(found, wanted, wanted.count) == 0 { return place }
                place += 1
            }
            return nil
        }
    }
}
