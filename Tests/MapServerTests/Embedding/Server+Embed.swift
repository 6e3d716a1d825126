import Contributions
import Curation
import Foundation
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import Testing

@testable import MapServer

extension Server {
    /// The address of the page of a new embed of `quartier`, encoded for a query.
    func embedAddress() async throws -> String {
        let participation = Participation(layers: layers, localTime: .paris)
        var generator = SystemRandomNumberGenerator()
        let now = Int64(Date().timeIntervalSince1970)
        let token = try await layers.store.createToken(
            secret: Secret.random(using: &generator).text, role: "operator", layer: nil, at: now)
        let partner = Partner(identifier: .random(using: &generator), name: "Théâtre", origins: [])
        try await participation.add(partner, by: token, at: now)
        let embed = Embed(
            key: .random(using: &generator), partner: partner.identifier, layer: try LayerIdentifier("quartier"))
        try await participation.add(embed, by: token, at: now)
        return try await embedAddress("quartier", embed.key.description)
    }

    /// The same of one that there is.
    func embedAddress(_ layer: String, _ key: String) async throws -> String {
        let link = try await json("/")["links"]?.array?.first?["href"]?.text ?? ""
        let root = link.split(separator: "/", omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
        return PercentDecoding.encodeQuery("\(root)/embed/\(layer)?embed=\(key)")
    }
}
