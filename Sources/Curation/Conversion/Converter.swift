import Foundation
import Subprocess
import Synchronization

/// GDAL's `ogr2ogr` as a program of its own, which reads and writes the formats of curators' tools.
///
/// It has neither our memory nor our files open, a bound on all that it may take, an environment of a few words, and no
/// network: in a name space without one where the system lets us make it, and with GDAL's own access switched off
/// everywhere.
package struct Converter: Sendable {
    private let program: String
    /// Of util-linux.
    private static let limiter = "prlimit"
    package var limits = ConverterLimits()

    /// Nil when it is not installed, or nothing is that could hold it back.
    package init?() {
        guard let program = Self.path(of: "ogr2ogr"), Self.path(of: Self.limiter) != nil else { return nil }
        self.program = program
    }

    private var sister: String { program.replacing("ogr2ogr", with: "ogrinfo") }

    private static func path(of name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// How a run ended, when it was not well.
    package enum Failure: Error, Equatable, Sendable {
        case tookTooLong
        /// Stopped at a limit, or by a fault of its own.
        case stopped
        /// The first thing that it said.
        case refused(String)
    }

    /// Runs it, or its sister that tells what is in a file, once.
    /// - Parameter folder: a private one, in which alone it writes.
    /// - Returns: what it has written on its standard output.
    /// - Throws: `Failure`; what starting a program throws.
    @discardableResult
    package func run(_ words: [String], in folder: String, asking: Bool = false) async throws -> String {
        let limits = asking ? limits.forAsking : limits
        let tool = asking ? sister : program
        let launch = await Launch.found.words + [Self.limiter] + limits.words + [tool] + words
        let ended = try await withThrowingTaskGroup(of: Ended?.self) { group in
            group.addTask { try await Self.end(of: launch, in: folder) }
            group.addTask {
                try await Task.sleep(for: limits.patience)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let ended else { throw Failure.tookTooLong }
        switch ended.status {
        case .exited(0): return ended.output
        case .exited: throw Failure.refused(ended.complaint)
        default: throw Failure.stopped
        }
    }

    private struct Ended: Sendable {
        let status: TerminationStatus
        let output: String
        let complaint: String
    }

    private static func end(of launch: [String], in folder: String) async throws -> Ended {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .kill, allowedDurationToNextStep: .milliseconds(1))]
        let result = try await Subprocess.run(
            .name(launch[0]), arguments: Arguments(Array(launch.dropFirst())),
            environment: .custom(environment(in: folder)), platformOptions: options, input: .none,
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
        return Ended(
            status: result.terminationStatus, output: result.standardOutput ?? "",
            complaint: firstComplaint(in: result.standardError ?? ""))
    }

    /// The first line that says what is wrong, without the names of our folders.
    private static func firstComplaint(in text: String) -> String {
        let lines = text.split(separator: "\n")
        let line = lines.first { $0.hasPrefix("ERROR") || $0.hasPrefix("FAILURE") } ?? lines.first ?? ""
        let words = line.split(separator: " ").map { $0.contains("/") ? "…" : String($0) }
        return String(words.joined(separator: " ").prefix(200))
    }

    private static func environment(in folder: String) -> [Environment.Key: String] {
        [
            "PATH": Launch.path, "LC_ALL": "C.UTF-8", "HOME": folder, "TMPDIR": folder,
            "CPL_TMPDIR": folder, "GDAL_CACHEMAX": "64", "GDAL_NUM_THREADS": "1",
            // No network, by whatever way GDAL knows to one.
            "PROJ_NETWORK": "OFF", "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none", "GDAL_HTTP_TIMEOUT": "1",
            "GDAL_HTTP_CONNECTTIMEOUT": "1", "GDAL_HTTP_MAX_RETRY": "0", "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
            "GDAL_SKIP":
                "VRT,OGR_VRT,SQLite,HTTP,WMS,WMTS,WCS,WFS,OAPIF,OGCAPI,CSW,GeoRSS,Carto,Elasticsearch,AmigoCloud,GMLAS,NGW,PLSCENES",
            "LIBKML_RESOLVE_STYLE": "NO", "GML_DOWNLOAD_SCHEMA": "NO",
            // What looks like a day stays as it was written.
            "OGR_GEOJSON_DATE_AS_STRING": "YES",
            // The same features make the same file, to the byte.
            "OGR_CURRENT_DATE": "1970-01-01T00:00:00.000Z",
        ]
    }
}

/// What stands before a program so that it has no network and lets others go first, as far as this system permits.
private struct Launch: Sendable {
    let words: [String]

    /// Tried once: a hardened service or a container may forbid to make name spaces.
    static var found: Launch {
        get async {
            if let known = tried.withLock({ $0 }) { return known }
            var launch = Launch(words: [])
            for words in [["unshare", "--net"], ["unshare", "--user", "--map-current-user", "--net"]] {
                if await runs(words) {
                    launch = Launch(words: words)
                    break
                }
            }
            if await runs(["nice", "-n", "10"]) {
                launch = Launch(words: ["nice", "-n", "10"] + launch.words)
            }
            tried.withLock { $0 = launch }
            return launch
        }
    }

    static let path = "/usr/local/bin:/usr/bin:/bin"
    private static let tried = Mutex<Launch?>(nil)

    private static func runs(_ words: [String]) async -> Bool {
        let result = try? await Subprocess.run(
            .name(words[0]), arguments: Arguments(Array(words.dropFirst()) + ["true"]),
            environment: .custom(["PATH": path]), input: .none, output: .discarded, error: .discarded)
        return result?.terminationStatus.isSuccess ?? false
    }
}
