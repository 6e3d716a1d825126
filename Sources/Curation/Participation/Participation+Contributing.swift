package import Contributions
import Foundation
import MapFormats
import MapGeometry
package import SpatialDatabase

extension Participation {
    /// How long what was sent once is remembered, in seconds.
    package static let remembrance: Int64 = 86_400

    /// Takes a contribution into a layer, by the layer's rules at this moment.
    ///
    /// The same key with the same body is answered as the first time, with a new receipt; the one before opens
    /// nothing any more.
    /// - Parameters:
    ///   - isCurator: whether it comes from somebody who looks after the layer, who needs no invitation.
    ///   - embed: the key of the embed from inside which it comes; nil for none.
    ///   - now: seconds since 1970 UTC.
    /// - Throws: `SubmissionError`, `CurationError`, `StoreError`.
    package func contribute(
        _ submission: Submission, to identifier: LayerIdentifier, key: IdempotencyKey? = nil, isCurator: Bool = false,
        through embed: PublicIdentifier? = nil, consentText: ConsentText, at now: Int64
    ) async throws -> Acceptance {
        var generator = AnyGenerator(randomness())
        let ids = (PublicIdentifier.random(using: &generator), PublicIdentifier.random(using: &generator))
        let receipt = Receipt.random(using: &generator)
        let parentCode = PaperCode.random(using: &generator)
        #if DEBUG
            let name = layers.leak?.identifier(ids.0, at: now) ?? ids.0
            layers.leak?.remember(submission, as: name, at: now)
        #else
            let name = ids.0
        #endif
        return try await write(
            { transaction, change in
                let layer = try transaction.layer(identifier)
                let content = try content(of: submission, in: layer)
                let body = try key.map { _ in try transaction.instanceKey().body(Self.bytes(of: submission, content)) }
                if let key, let body,
                    let acceptance = try answerAgain(
                        key, body, receipt, parentCode, in: layer, at: now, transaction)
                {
                    return acceptance
                }
                try requireOpen(layer, submission, isCurator: isCurator, at: now, transaction)
                let point = try point(for: submission, in: layer, at: now, transaction)
                try requireTaken(content, through: embed, in: identifier, transaction)
                let consent = Consent(
                    purposes: submission.purposes(isCurator: isCurator), textVersion: consentText.version, moment: now)
                var new = NewContribution(
                    identifier: name, content: content, handle: ids.1, consent: consent, receipt: receipt, moment: now)
                new.ageBand = submission.ageBand
                new.parent = try question(about: submission, in: layer, parentCode, at: now, transaction, &change)
                let stored = try transaction.add(new, in: identifier)
                if let point { try transaction.tie(stored, to: point) }
                if let key, let body {
                    try transaction.remember(
                        Digest(of: key.text), body: body, for: stored, until: now + Self.remembrance)
                }
                let isAccepted = (isCurator || layer.review == .after && !Self.isFlagged(content)) && new.parent == nil
                if isAccepted {
                    try release(stored, as: content, identifier: name, of: layer, at: now, transaction, &change)
                }
                return Acceptance(
                    identifier: name, state: isAccepted ? .published : stored.state,
                    shows: Acceptance.Shown(content), receipt: receipt, parent: new.parent?.request)
            }, in: identifier)
    }

    private func answerAgain(
        _ key: IdempotencyKey, _ body: Digest, _ receipt: Receipt, _ parentCode: PaperCode, in layer: Layer,
        at now: Int64, _ transaction: StoreTransaction
    ) throws -> Acceptance? {
        guard let before = try transaction.remembered(Digest(of: key.text), at: now) else { return nil }
        guard before.body == body, before.contribution.layer == layer.identifier else { throw CurationError.keyReused }
        let stored = before.contribution
        try transaction.reissue(receipt, for: stored)
        return Acceptance(
            identifier: stored.identifier, state: stored.state,
            shows: Acceptance.Shown(stored.proposal ?? stored.content), receipt: receipt,
            parent: try askAgain(with: parentCode, about: stored, transaction))
    }

    private func requireOpen(
        _ layer: Layer, _ submission: Submission, isCurator: Bool, at now: Int64, _ transaction: StoreTransaction
    ) throws {
        if try transaction.mirror(of: layer.identifier) != nil { throw CurationError.mirrored }
        if !isCurator, try transaction.pause(of: layer.identifier).isPaused { throw CurationError.paused }
        switch layer.phase(at: now, in: localTime) {
        case .unopened(let opens): throw CurationError.notOpenYet(opens: opens, day: localTime.day(of: opens))
        case .closed(let since): throw CurationError.closed(since: since)
        case .open: break
        }
        switch layer.contributors {
        case .anyone: return
        case .curators: if !isCurator { throw CurationError.curatorsOnly }
        case .invited:
            if isCurator { return }
            guard let code = submission.invitation, try transaction.isInvited(code, to: layer.identifier) else {
                throw CurationError.invitationNeeded
            }
        }
    }

    /// What is kept of a submission, by the rules of its layer.
    /// - Throws: `SubmissionError.faults`.
    func content(of submission: Submission, in layer: Layer) throws -> Contribution {
        let precision = submission.precision ?? Self.usualPrecision(for: submission.ageBand, in: layer)
        let kind = submission.kind ?? Self.usualKind(of: layer)
        try Self.requireAllowed(submission, kind: kind, precision: precision, in: layer)
        try Self.requireAllowed(submission, precision: precision, for: submission.ageBand)
        let placement =
            if case .at(let pin) = submission.place {
                PublishedPlace(of: pin, at: precision, households: households)
            } else { PublishedPlace.nowhere }
        return try Contribution(
            kind: kind, title: submission.title, text: submission.text, themes: submission.themes,
            when: submission.when, language: submission.language, author: submission.author,
            licence: submission.licence, precision: placement.precision, geometry: placement.geometry,
            cell: placement.cell)
    }

    private static func usualKind(of layer: Layer) -> Kind {
        layer.kinds.contains(.memory) ? .memory : Kind.allCases.first(where: layer.kinds.contains) ?? .place
    }

    /// - Throws: `SubmissionError.faults` for what this layer does not take.
    static func requireAllowed(
        _ submission: Submission, kind: Kind, precision: Precision, in layer: Layer
    ) throws(SubmissionError) {
        var faults: [SubmissionFault] = []
        if !layer.kinds.contains(kind) {
            let offered = Kind.allCases.filter(layer.kinds.contains).map(\.rawValue)
            faults.append(SubmissionFault("/properties/kind", .notOneOf(offered)))
        }
        if !layer.themes.isEmpty, !Set(submission.themes).isSubset(of: layer.themes) {
            faults.append(SubmissionFault("/properties/theme", .notOneOf(layer.themes)))
        }
        if let language = submission.language, !layer.languages.isEmpty, !layer.languages.contains(language) {
            faults.append(SubmissionFault("/properties/lang", .notOneOf(layer.languages)))
        }
        if precision.isFiner(than: layer.finestPrecision) {
            faults.append(SubmissionFault("/properties/precision", .tooFine(finest: layer.finestPrecision)))
        }
        guard faults.isEmpty else { throw .faults(faults) }
    }

    /// What is compared when the same key comes again: what is kept, so that it is the same after snapping.
    private static func bytes(of submission: Submission, _ content: Contribution) throws -> [UInt8] {
        let nobody = PublicIdentifier(bits: 0)
        var bytes = try PublishedFeature.publication(of: content, identifier: nobody).feature
        bytes += Array((submission.ageBand?.rawValue ?? "").utf8)
        bytes += Array(submission.purposes.map(\.rawValue).sorted().joined(separator: ",").utf8)
        bytes += Array((submission.encounter?.text ?? "").utf8)
        return bytes
    }
}
