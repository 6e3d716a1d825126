package import Contributions
package import Curation
import Foundation
import SpatialDatabase

/// What a command asks of the running server through the socket beside the store: one line of JSON.
package enum OperatorRequest: Codable, Sendable {
    case createLayer(LayerDescription)
    case deleteLayer(String)
    /// Publish a staged file in a layer, which is created as described when it is missing.
    case publish(path: String, count: Int, layer: LayerDescription)
    /// The same by the keys of its records, which are those of a source.
    case update(path: String, count: Int, layer: LayerDescription, source: String)
    /// Take the last import of a layer back.
    case undoImport(String)
    case settings
    case createToken(
        secret: String, role: String, layer: String?, partner: String?, expires: Int64?, label: String?)
    case createPartner(name: String, origins: [String])
    case revokeToken(String)
    /// - parentsOnPaper: whether the group leader attests that the parents' agreements are held on paper.
    case createInvitation(code: String, layer: String, parentsOnPaper: Bool?)
    case revokeInvitation(String)
    case erase(String)
    /// The absolute path of a household table, which the server reads.
    case loadHouseholds(path: String)
    /// Open a layer as a copy of a collection of another server.
    case beginMirror(layer: LayerDescription, source: String)
    case keepMirror(MirrorBatch)
}

/// What the server answers: some lines of progress, then one that ends it.
package enum OperatorAnswer: Codable, Sendable, Equatable {
    case progress(Int)
    /// How many features the work was about.
    case done(Int)
    case settings([String])
    /// The id of what was made.
    case made(String)
    case mirrored(MirrorBatch.Outcome)
    case updated(ImportUpdate)
    case undone(ImportUndoing)
    /// A sentence that says why nothing was done.
    case refused(String)
}

extension OperatorRequest {
    func carryOut(
        on site: Site, progress: @escaping @Sendable (Int) -> Void
    ) async throws -> OperatorAnswer {
        let layers = site.layers
        switch self {
        case .createLayer(let description):
            try await layers.create(try description.layer())
            return .done(0)
        case .deleteLayer(let identifier):
            let count = try await layers.delete(try LayerIdentifier(identifier))
            site.upkeep.forgetSoon()
            return .done(count)
        case .publish(let path, let count, let layer):
            let staged = try StagedImport(path: path, count: count, besideStore: layers.store.path)
            return .done(try await layers.publish(staged, in: try layer.layer(), progress: progress))
        case .update(let path, let count, let layer, let source):
            let staged = try StagedImport(path: path, count: count, besideStore: layers.store.path)
            return .updated(
                try await site.participation.update(staged, in: try layer.layer(), from: source, progress: progress))
        case .undoImport(let layer):
            let outcome = try await site.participation.undoImport(into: try LayerIdentifier(layer), at: site.now)
            if outcome.withdrawn > 0 {
                site.tiles.forgetChanged()
                await site.files.forgetAll()
            }
            return .undone(outcome)
        case .createPartner(let name, let origins):
            let partner = try await layers.store.createPartner(name: name, origins: origins, at: site.now)
            return .made(partner.identifier.description)
        case .createToken(let secret, let role, let layer, let partner, let expires, let label):
            let token = try await layers.store.createToken(
                secret: secret, role: role, layer: layer, partner: partner, expires: expires, label: label ?? "",
                at: site.now)
            return .made(token.identifier.description)
        case .revokeToken(let identifier):
            try await layers.store.revokeToken(identifier, at: site.now)
            return .done(1)
        case .createInvitation(let code, let layer, let parentsOnPaper):
            let invitation = try await layers.store.invite(
                code: code, to: layer, parentsOnPaper: parentsOnPaper ?? false,
                isPaperAllowed: site.configuration.allowsParentsOnPaper, at: site.now)
            return .made(invitation.description)
        case .revokeInvitation(let identifier):
            try await layers.store.revokeInvitation(identifier, at: site.now)
            return .done(1)
        case .erase(let identifier):
            guard let identifier = PublicIdentifier(identifier) else { throw ContributionError.identifier(identifier) }
            try await site.participation.erase(identifier, at: site.now)
            site.tiles.forgetChanged()
            await site.files.forgetAll()
            return .done(1)
        case .loadHouseholds(let path):
            let table = try await HouseholdTable.reading(csvFile: path)
            try await layers.loadHouseholds(table, at: site.now)
            return .done(table.count)
        case .beginMirror(let layer, let source):
            try await site.participation.beginMirror(try layer.layer(), of: source)
            return .done(0)
        case .keepMirror(let batch):
            let outcome = try await site.participation.keep(batch, at: site.now)
            if outcome.withdrawn > 0 {
                site.tiles.forgetChanged()
                await site.files.forgetAll()
            }
            return .mirrored(outcome)
        case .settings:
            return .settings(try layers.store.settings().rows.map { "\($0.name): \($0.found)" })
        }
    }
}
