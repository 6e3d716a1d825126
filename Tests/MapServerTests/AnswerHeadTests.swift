import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import MapServer

@Suite struct AnswerHeadTests {
    private func written(_ status: HTTPResponse.Status, _ fields: HTTPFields) -> String? {
        AnswerHead.written(HTTPResponse(status: status, headerFields: fields), ByteBufferAllocator())
            .map { String(buffer: $0) }
    }

    @Test("an answer with its length is written field by field, as they were named and in their order")
    func withLength() {
        let fields: HTTPFields = [.eTag: "\"a\"", .contentLength: "3", .link: "<é>; rel=\"self\""]
        #expect(
            written(.ok, fields)
                == "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 3\r\nLink: <é>; rel=\"self\"\r\n\r\n")
    }

    @Test("what is not modified has no length")
    func notModified() {
        #expect(written(.notModified, [.eTag: "\"a\""]) == "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n")
        #expect(written(.notModified, [.contentLength: "3"]) == nil)
    }

    @Test("long fields are written whole")
    func longFields() {
        let long = String(repeating: "x", count: 20_000)
        let text = written(.ok, [.contentLength: "0", .link: long])
        #expect(text == "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nLink: \(long)\r\n\r\n")
    }

    @Test("everything else is framed by the server library")
    func framedElsewhere() {
        #expect(written(.ok, [.eTag: "\"a\""]) == nil)
        #expect(written(.ok, [.contentLength: "3", .transferEncoding: "chunked"]) == nil)
        for status in [HTTPResponse.Status.continue, .created, .noContent, .partialContent, .notFound, .seeOther] {
            #expect(written(status, [.contentLength: "0"]) == nil)
        }
    }

    @Test("a line break in a value cannot begin another field")
    func lineBreaks() {
        let text = written(.ok, [.contentLength: "0", .link: "a\r\nSet-Cookie: b=c"])
        #expect(text?.contains("\r\nSet-Cookie") == false)
    }
}

@Suite struct KeptFieldsTests {
    @Test("fields are made once for each address, and few addresses are kept")
    func madeOnce() {
        let kept = KeptFields(most: 2)
        var made = 0
        func ask(_ root: String, _ path: String) -> String? {
            kept.fields(for: .init(root: root, path: path)) {
                made += 1
                return [.link: root + path]
            }[.link]
        }
        for _ in 0..<3 {
            #expect(ask("http://a", "/1") == "http://a/1")
            #expect(ask("http://b", "/1") == "http://b/1")
        }
        #expect(made == 2)
        #expect(ask("http://a", "/2") == "http://a/2")
        #expect(ask("http://a", "/1") == "http://a/1")
        #expect(made == 4)
    }
}
