import MapServer
import SpatialDatabase
import TestSupport
import Testing

/// One server for all cases of a test that only reads: a store takes a tenth of a second to make.
struct SharedServer: TestTrait, TestScoping {
    fileprivate let publications: @Sendable () throws -> [Publication]

    @TaskLocal fileprivate static var running: Server?

    /// Around the test as a whole and not around each of its cases.
    func scopeProvider(for test: Test, testCase: Test.Case?) -> SharedServer? { testCase == nil ? self : nil }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await SampleGround.inFolder { ground in
            let configuration = try MapServerConfiguration(port: 0).with(ground)
            try await withServer(try publications(), configuration: configuration) { server in
                try await SharedServer.$running.withValue(server) { try await function() }
            }
        }
    }
}

extension Trait where Self == SharedServer {
    /// A server that shows what is given, for the cases of one test, which must run one after the other.
    static func server(_ publications: @escaping @Sendable @autoclosure () throws -> [Publication] = []) -> SharedServer
    {
        SharedServer(publications: publications)
    }
}

extension Server {
    /// The server that the test's trait has started.
    static var shared: Server {
        get throws { try #require(SharedServer.running) }
    }
}
