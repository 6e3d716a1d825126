package import Contributions
import Curation
import Foundation
import SpatialDatabase

/// What a command asks of the running server through the socket beside the store: one line of JSON.
package enum OperatorRequest: Codable, Sendable {
    case createLayer(LayerDescription)
    case deleteLayer(String)
    /// Publish a staged file in a layer, which is created as described when it is missing.
    case publish(path: String, count: Int, layer: LayerDescription)
    case settings
}

/// What the server answers: some lines of progress, then one that ends it.
package enum OperatorAnswer: Codable, Sendable, Equatable {
    case progress(Int)
    /// How many features the work was about.
    case done(Int)
    case settings([String])
    /// A sentence that says why nothing was done.
    case refused(String)
}

/// A layer as it travels between two of our processes.
package struct LayerDescription: Codable, Sendable {
    var id: String
    var title: String
    var description: String
    var prompt: String
    var opens: String?
    var closes: String?
    var review: String
    var contributors: String
    var defaultPrecision: String
    var finestPrecision: String
    var licence: String?

    private enum CodingKeys: String, CodingKey {
        case id, title, description, prompt, opens, closes, review, contributors, licence
        case defaultPrecision = "default_precision"
        case finestPrecision = "finest_precision"
    }

    package init(_ layer: Layer) {
        id = layer.identifier.text
        title = layer.title
        description = layer.description
        prompt = layer.prompt
        opens = layer.opens?.text
        closes = layer.closes?.text
        review = layer.review.rawValue
        contributors = layer.contributors.rawValue
        defaultPrecision = layer.defaultPrecision.rawValue
        finestPrecision = layer.finestPrecision.rawValue
        licence = layer.licence
    }

    /// - Throws: `ContributionError` for what only another version of this program can have written.
    package func layer() throws -> Layer {
        func precision(_ text: String) throws(ContributionError) -> Precision {
            guard let precision = Precision(rawValue: text) else { throw .precision(text) }
            return precision
        }
        return Layer(
            identifier: try LayerIdentifier(id), title: title, description: description, prompt: prompt,
            opens: try opens.map { try ExtendedDate($0) }, closes: try closes.map { try ExtendedDate($0) },
            review: Layer.Review(rawValue: review) ?? .before,
            contributors: Layer.Contributors(rawValue: contributors) ?? .anyone,
            defaultPrecision: try precision(defaultPrecision), finestPrecision: try precision(finestPrecision),
            licence: licence)
    }
}

extension OperatorRequest {
    func carryOut(
        on layers: PublishedLayers, progress: @escaping @Sendable (Int) -> Void
    ) async throws -> OperatorAnswer {
        switch self {
        case .createLayer(let description):
            try await layers.create(try description.layer())
            return .done(0)
        case .deleteLayer(let identifier):
            return .done(try await layers.delete(try LayerIdentifier(identifier)))
        case .publish(let path, let count, let layer):
            let staged = try StagedImport(path: path, count: count, besideStore: layers.store.path)
            return .done(try await layers.publish(staged, in: try layer.layer(), progress: progress))
        case .settings:
            return .settings(try layers.store.settings().rows.map { "\($0.name): \($0.found)" })
        }
    }
}
