import Configuration
import Contributions
import Foundation
import MapServer
import SpatialDatabase
import SystemPackage

/// How the program is configured: flags win over the environment, which wins over the file.
struct Settings {
    let store: String
    private let reader: ConfigReader

    /// - Throws: `Refusal` when the configuration file cannot be read.
    init(configurationFile: String?, store: String?) async throws {
        let environment = EnvironmentVariablesProvider()
        var providers: [any ConfigProvider] = [environment.prefixKeys(with: "lieudit")]
        let path = configurationFile ?? ProcessInfo.processInfo.environment["LIEUDIT_CONFIG"]
        if let path {
            do {
                providers.append(try await FileProvider<JSONSnapshot>(filePath: FilePath(path)))
            } catch {
                throw Refusal("the configuration file \(path) cannot be read: \(error)")
            }
        }
        reader = ConfigReader(providers: providers)
        self.store = store ?? reader.string(forKey: "store") ?? "./data/lieudit.sqlite"
    }

    /// The server's part, under the flags of `serve`.
    /// - Throws: `Refusal` for a time zone that there is not; `StoreError.notABasemap`.
    func server(_ flags: ServeFlags) throws -> MapServerConfiguration {
        var configuration = MapServerConfiguration(
            host: flags.host ?? reader.string(forKey: "host") ?? "127.0.0.1",
            port: flags.port ?? reader.int(forKey: "port") ?? 8080,
            publicURL: flags.publicURL ?? reader.string(forKey: "publicUrl"),
            stylesPath: flags.styles ?? reader.string(forKey: "styles") ?? "Styles",
            mapLibrePath: mapLibrePath(flags),
            additionalCRS: flags.additionalCRS.isEmpty
                ? reader.intArray(forKey: "crs") ?? [] : flags.additionalCRS)
        configuration.localTime = try localTime(flags.timeZone)
        configuration.basemap = try (flags.basemap ?? reader.string(forKey: "basemap")).map(Basemap.init(path:))
        configuration.fontsPath = fontsPath(flags)
        configuration.writesPerMinute = flags.writesPerMinute ?? reader.int(forKey: "writesPerMinute") ?? 60
        configuration.trustedProxy = flags.trustedProxy ?? reader.string(forKey: "trustedProxy")
        configuration.allowsParentsOnPaper = flags.allowsParentsOnPaper || allowsParentsOnPaper
        configuration.formerPublicURLs = try formerPublicURLs(flags)
        configuration.themePath = flags.theme ?? reader.string(forKey: "theme")
        configuration.sitePagesPath = flags.pages ?? reader.string(forKey: "pages")
        configuration.tileCacheBytes = (flags.tileCache ?? reader.int(forKey: "tileCache") ?? 64) << 20
        configuration.exportsPath = reader.string(forKey: "exports") ?? store + ".exports"
        configuration.offersConstantBodies = flags.offersConstantBodies
        return configuration
    }

    /// Where it is written down outside the store what was erased.
    var tombstones: String { reader.string(forKey: "tombstones") ?? store + ".tombstones" }

    /// The folder where `serve` puts backups; nil for none.
    var backups: String? { reader.string(forKey: "backups") }

    /// Whether the log is lines of JSON.
    var logsJSON: Bool { reader.string(forKey: "log") == "json" }

    /// The public key to which backups are encrypted; nil for none.
    var backupKey: String? { reader.string(forKey: "backupKey") }

    /// Hours between backups that `serve` makes.
    var backupHours: Int { reader.int(forKey: "backupHours") ?? 24 }

    /// Days for which backups are kept.
    var backupDays: Int { reader.int(forKey: "backupDays") ?? 30 }

    /// - Throws: `Refusal` for what is no address of a whole server.
    private func formerPublicURLs(_ flags: ServeFlags) throws -> [String] {
        let given =
            flags.formerPublicURLs.isEmpty
            ? reader.stringArray(forKey: "formerPublicUrls") ?? [] : flags.formerPublicURLs
        return try given.map { text in
            let address = text.hasSuffix("/") ? String(text.dropLast()) : text
            guard let url = URLComponents(string: address), ["http", "https"].contains(url.scheme), url.host != nil,
                url.path.isEmpty, url.query == nil, url.fragment == nil, url.user == nil
            else { throw Refusal("\(text) is no former public address; write one such as https://lieu.example") }
            return address
        }
    }

    /// - Parameter flag: the time zone that a flag names.
    /// - Throws: `Refusal` for a time zone that there is not.
    func localTime(_ flag: String? = nil) throws -> LocalTime {
        let zone = flag ?? reader.string(forKey: "timeZone") ?? "Europe/Paris"
        guard let localTime = LocalTime(identifier: zone) else {
            throw Refusal("there is no time zone \(zone); write one such as Europe/Paris")
        }
        return localTime
    }

    /// Whether a group leader's word is taken that the parents of a group have agreed on paper.
    var allowsParentsOnPaper: Bool {
        ["1", "true", "yes"].contains(reader.string(forKey: "parentsOnPaper")?.lowercased())
            || reader.bool(forKey: "parentsOnPaper") ?? false
    }

    /// The glyphs where the set-up has put them, when it has.
    private func fontsPath(_ flags: ServeFlags) -> String? {
        let path = flags.fonts ?? reader.string(forKey: "fonts") ?? ".tools/fonts"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// The map library where the set-up has put it, when it has.
    private func mapLibrePath(_ flags: ServeFlags) -> String? {
        let path = flags.mapLibre ?? reader.string(forKey: "maplibre") ?? ".tools/maplibre"
        return FileManager.default.fileExists(atPath: path + "/maplibre-gl.js") ? path : nil
    }
}

/// Why a command stops, as a sentence for standard error; the exit status is 1.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ sentence: String) { description = sentence }
}
