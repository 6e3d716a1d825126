package import Contributions
import Foundation
package import MapFormats
import MapGeometry
package import SpatialDatabase

extension Participation {
    /// What the token of a receipt opens, wherever it stands by now.
    /// - Throws: `CurationError.unknownContribution`.
    package func open(_ token: Secret) throws -> OpenedContribution {
        try opened {
            try $0.contribution(openedBy: token.digest)
        } else: {
            try $0.erasureNotice(token: token.digest)
        }
    }

    /// What a paper code opens.
    /// - Throws: `CurationError.unknownContribution`.
    package func open(_ code: PaperCode) throws -> OpenedContribution {
        try opened {
            try $0.contribution(withCode: code.digest(key: $0.instanceKey()))
        } else: {
            try $0.erasureNotice(code: code.digest(key: $0.instanceKey()))
        }
    }

    private func opened(
        _ find: (StoreTransaction) throws -> StoredContribution?,
        else notice: (StoreTransaction) throws -> DecisionNotice?
    ) throws -> OpenedContribution {
        try layers.store.read { transaction in
            guard let stored = try find(transaction), let handle = stored.handle else {
                throw try notice(transaction).map(CurationError.erased) ?? .unknownContribution
            }
            return OpenedContribution(identifier: stored.identifier, layer: stored.layer, handle: handle)
        }
    }

    /// What a receipt opens.
    /// - Throws: `CurationError.unknownContribution` for a receipt of nothing, or of something else than `identifier`.
    package func own(
        _ identifier: PublicIdentifier, in layer: LayerIdentifier, with key: Possession
    ) throws -> OwnContribution {
        try layers.store.read { transaction in
            let stored = try Self.open(key, identifier, layer, transaction)
            return try OwnContribution(stored, facet(of: stored, transaction), transaction)
        }
    }

    /// Withdraws a contribution: it is gone from everything public and from the store when this returns. Of what a
    /// curator has erased, the notice goes: it was read.
    /// - Throws: `CurationError.unknownContribution`.
    package func withdraw(
        _ identifier: PublicIdentifier, in layer: LayerIdentifier, with key: Possession, at now: Int64
    ) async throws {
        try await write(
            { transaction, change in
                if case .receipt(let token) = key,
                    try transaction.forgetNotice(token: token.digest, of: identifier)
                {
                    return
                }
                let stored = try Self.open(key, identifier, layer, transaction)
                try erase(stored, at: now, transaction, &change)
            }, in: layer)
    }

    /// Changes a contribution. What restricts shows at once; anything else is reviewed again while the version
    /// before stays, unless the layer is reviewed after.
    ///
    /// - Parameter isReplacement: whether all is given anew (PUT), or what is left out stays (merge patch).
    /// - Throws: `SubmissionError`, `CurationError`.
    package func change(
        _ identifier: PublicIdentifier, in layer: LayerIdentifier, with key: Possession, to value: JSONValue,
        isReplacement: Bool, revision: Int? = nil, consentText: ConsentText, at now: Int64
    ) async throws -> OwnContribution {
        try await write(
            { transaction, change in
                let stored = try Self.open(key, identifier, layer, transaction)
                if let revision, revision != stored.revision {
                    throw CurationError.changedSince(revision: stored.revision)
                }
                let rules = try transaction.layer(layer)
                let request = try ChangeRequest(value, of: stored, isReplacement: isReplacement)
                let content = try changed(stored, by: request, in: rules)
                try agree(to: request.submission, of: stored, in: consentText, at: now, transaction, &change)
                #if DEBUG
                    layers.leak?.rememberWaiting(content.text, of: stored.identifier)
                #endif
                // Each step begins with what the one before has made of it. Out of sight first, into sight last.
                if request.isHidden == true {
                    try hide(stored, at: now, transaction, &change)
                }
                try keep(content, of: try Self.reopen(key, transaction), in: rules, at: now, transaction, &change)
                if let answer = request.answer {
                    try take(answer, to: try Self.reopen(key, transaction), at: now, transaction)
                }
                if request.isHidden == false {
                    try bringBack(try Self.reopen(key, transaction), in: rules, at: now, transaction, &change)
                }
                let changed = try Self.reopen(key, transaction)
                return try OwnContribution(changed, facet(of: changed, transaction), transaction)
            }, in: layer)
    }

    func erase(
        _ stored: StoredContribution, at now: Int64, _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        let tied = try transaction.publicContributions(from: stored)
        if stored.isPublic { change.withdraw(stored.identifier) }
        try transaction.erase(stored, at: now)
        // What has expired with it is out of sight already.
        try showAgain(tied.filter { $0.expiresAt.map { $0 > now } != false }, transaction, &change)
    }

    private static func open(
        _ key: Possession, _ identifier: PublicIdentifier, _ layer: LayerIdentifier, _ transaction: StoreTransaction
    ) throws -> StoredContribution {
        guard let stored = try open(key, transaction) else { throw try erased(key, identifier, transaction) }
        guard stored.identifier == identifier, stored.layer == layer else { throw CurationError.unknownContribution }
        return stored
    }

    private static func erased(
        _ key: Possession, _ identifier: PublicIdentifier, _ transaction: StoreTransaction
    ) throws -> CurationError {
        guard case .receipt(let token) = key,
            let notice = try transaction.erasureNotice(token: token.digest, of: identifier)
        else { return .unknownContribution }
        return .erased(notice)
    }

    private static func reopen(_ key: Possession, _ transaction: StoreTransaction) throws -> StoredContribution {
        guard let stored = try open(key, transaction) else { throw CurationError.unknownContribution }
        return stored
    }

    private static func open(_ key: Possession, _ transaction: StoreTransaction) throws -> StoredContribution? {
        switch key {
        case .receipt(let token): try transaction.contribution(openedBy: token.digest)
        case .visit(let handle): try transaction.contribution(withHandle: handle)
        }
    }

    /// Writes down what the author agrees to now and did not before, and what they take back; the licence stays.
    private func agree(
        to submission: Submission, of stored: StoredContribution, in text: ConsentText, at now: Int64,
        _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        guard let handle = stored.handle else { return }
        let standing = Set(try transaction.consents(of: handle).filter { $0.withdrawnAt == nil }.map(\.purpose))
        let isNew = { (purpose: ConsentPurpose) in !standing.contains(purpose.rawValue) }
        let given = submission.purposes.filter(isNew)
        try transaction.add(
            Consent(purposes: given, textVersion: text.version, moment: now), of: handle)
        guard let allowsPartners = submission.allowsPartners else { return }
        if !allowsPartners { try transaction.withdraw(.partners, of: handle, at: now) }
        try transaction.noteAgreement(of: stored)
        change.noteAnswers(about: [stored.identifier])
    }

    /// What the author's change makes of the latest version.
    private func changed(
        _ stored: StoredContribution, by request: ChangeRequest, in layer: Layer
    ) throws -> Contribution {
        let latest = stored.proposal ?? stored.content
        let asked = request.submission
        let precision = asked.precision ?? latest.precision
        try Self.requireAllowed(asked, kind: asked.kind ?? latest.kind, precision: precision, in: layer)
        try Self.requireAllowed(asked, precision: precision, for: stored.ageBand)
        if let licence = latest.licence, asked.licence != licence {
            throw SubmissionError.faults([SubmissionFault("/properties/consents/licence", .fixedLicence)])
        }
        let placement = try placement(asked.place, precision, from: PublishedPlace(of: latest))
        return try Contribution(
            kind: asked.kind ?? latest.kind, title: asked.title, text: asked.text, themes: asked.themes,
            when: asked.when, language: asked.language, author: asked.author, licence: asked.licence,
            precision: placement.precision, geometry: placement.geometry, cell: placement.cell,
            properties: latest.properties)
    }

    private func placement(
        _ place: Submission.Place, _ precision: Precision, from old: PublishedPlace
    ) throws -> PublishedPlace {
        switch place {
        case .nowhere: return .nowhere
        case .at(let pin):
            return old.moved(to: pin, at: precision, households: households)
        case .unchanged:
            guard let coarser = old.coarsened(to: precision, households: households) else {
                throw SubmissionError.faults([SubmissionFault("/geometry", .pinNeeded)])
            }
            return coarser
        }
    }

    private func keep(
        _ content: Contribution, of stored: StoredContribution, in layer: Layer, at now: Int64,
        _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        guard content != (stored.proposal ?? stored.content) else { return }
        switch stored.state {
        case .pending, .rejected, .asked, .awaitingParent:
            try transaction.replace(
                stored, with: content, identifier: identifier(of: stored, as: content), at: now)
        case .published, .hidden:
            // What is taken back needs no review.
            guard content != stored.content else { return try takeBackChange(of: stored, transaction) }
            if try restrict(stored, to: content, in: layer, at: now, transaction, &change) { return }
            try transaction.propose(content, for: stored)
        }
        if try askParentAgain(about: stored, at: now, transaction, &change) { return }
        if stored.state == .published, isAcceptedUnseen(content, for: stored, in: layer) {
            try accept(stored, content, in: layer, at: now, transaction, &change)
        }
    }

    /// Shows at once what takes something away: the same words seen from farther away.
    /// - Returns: whether that was all of the change.
    private func restrict(
        _ stored: StoredContribution, to content: Contribution, in layer: Layer, at now: Int64,
        _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws -> Bool {
        let old = PublishedPlace(of: stored.content)
        guard let coarser = old.coarsened(to: content.precision, households: households), coarser != old else {
            return false
        }
        let restricted = try stored.content.placed(coarser)
        try transaction.settle(stored, as: restricted, identifier: stored.identifier)
        if stored.isPublic {
            try show(
                stored, as: restricted, identifier: stored.identifier, of: layer, at: now, transaction, &change)
        }
        return restricted == content
    }

    /// Keeps the moment of its release, so that hiding is no way round waiting.
    private func hide(
        _ stored: StoredContribution, at now: Int64, _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        switch stored.state {
        case .published:
            try withdraw(stored, transaction, &change)
            try transaction.set(.hidden, of: stored, release: stored.releaseAt, hider: .author, at: now)
        case .hidden: break
        case .pending, .rejected, .asked, .awaitingParent: throw CurationError.notPossible(stored.state)
        }
    }

    private func bringBack(
        _ stored: StoredContribution, in layer: Layer, at now: Int64, _ transaction: StoreTransaction,
        _ change: inout PublicChange
    ) throws {
        switch stored.state {
        case .published: break
        case .hidden:
            guard stored.hider == .author else { throw CurationError.hiddenByCurator }
            if let proposal = stored.proposal, !stored.awaitsParent,
                isAcceptedUnseen(proposal, for: stored, in: layer)
            {
                return try accept(stored, proposal, in: layer, at: now, transaction, &change)
            }
            try reveal(
                stored, as: stored.content, identifier: stored.identifier, of: layer, from: stored.releaseAt, at: now,
                transaction, &change)
        case .pending, .rejected, .asked, .awaitingParent: throw CurationError.notPossible(stored.state)
        }
    }

    private func accept(
        _ stored: StoredContribution, _ content: Contribution, in layer: Layer, at now: Int64,
        _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        try release(
            stored, as: content, identifier: identifier(of: stored, as: content), of: layer, from: stored.releaseAt,
            at: now, transaction, &change)
    }
}
