import ArgumentParser
import Contributions
import Foundation
import SpatialDatabase

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make, list and revoke the tokens of those who look after layers.",
        subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
}

extension Role: ExpressibleByArgument {}

struct TokenCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a token and print it, this once.",
        discussion: "The token stands alone on standard output. The store keeps a hash of it: write it down now.")

    @OptionGroup var storeOptions: StoreOptions

    @Option(help: "What it opens: curator, partner or operator.")
    var role: Role

    @Option(help: "The only layer that it opens. Default: all")
    var layer: String?

    @Option(help: "The id of the partner whose embeds it opens, with --role partner; without, it opens none.")
    var partner: String?

    @Option(
        help: ArgumentHelp("The last day on which it opens anything. Default: until it is revoked", valueName: "date"))
    var expires: String?

    @Option(help: "By which you will know it in lists, such as a name.")
    var label = ""

    @Flag(help: "Print {id, token, role, layer} as JSON.")
    var json = false

    func validate() throws {
        guard partner == nil || role == .partner else { throw ValidationError("--partner goes with --role partner.") }
        guard label.count <= AccessToken.longestLabel else {
            throw ValidationError("--label has at most \(AccessToken.longestLabel) characters.")
        }
        if let expires, (try? ExtendedDate(expires)) == nil {
            throw ValidationError("--expires takes a date such as 2027-06-30.")
        }
    }

    func run() async throws {
        let settings = try await storeOptions.settings()
        var generator = SystemRandomNumberGenerator()
        let secret = Secret.random(using: &generator)
        let identifier = try await Writing(store: settings.store, tombstones: settings.tombstones).createToken(
            secret: secret.text, role: role, layer: layer, partner: partner,
            expires: try expires.map { try settings.localTime().end(of: try ExtendedDate($0)) }, label: label)
        guard json else { return print(secret.text) }
        let listing = TokenListing(id: identifier, token: secret.text, role: role.rawValue, layer: layer)
        print(String(decoding: try JSONEncoder.sorted.encode(listing), as: UTF8.self))
    }
}

struct TokenListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the tokens by their ids; nothing shows the tokens themselves.")

    @OptionGroup var storeOptions: StoreOptions

    @Flag(help: "Print an array of JSON.")
    var json = false

    func run() async throws {
        let store = try SpatialStore.openForReading(path: try await storeOptions.settings().store)
        let tokens = try store.tokens()
        try store.close()
        if json {
            let listings = tokens.map { token in
                TokenListing(
                    id: token.identifier.description, role: token.role.rawValue, layer: token.layer?.text,
                    revoked: token.isRevoked)
            }
            print(String(decoding: try JSONEncoder.sorted.encode(listings), as: UTF8.self))
        } else {
            for token in tokens {
                let layer = token.layer?.text ?? "every layer"
                let ends = token.expires.flatMap { DateAndTime.text(seconds: $0) }.map { ", until \($0)" } ?? ""
                let label = token.label.isEmpty ? "" : ", \(token.label)"
                print(
                    "\(token.identifier)  \(token.role.rawValue), \(layer)\(label)\(ends)\(token.isRevoked ? ", revoked" : "")"
                )
            }
        }
    }
}

struct TokenRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke a token: from now on it opens nothing.")

    @OptionGroup var storeOptions: StoreOptions

    @Argument(help: "The id of the token, as it is listed.")
    var id: String

    func run() async throws {
        try await Writing(store: try await storeOptions.settings().store).revokeToken(id)
        print("Revoked the token \(id).")
    }
}

private struct TokenListing: Encodable {
    let id: String
    var token: String?
    let role: String
    let layer: String?
    var revoked: Bool?
}

extension JSONEncoder {
    fileprivate static var sorted: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
