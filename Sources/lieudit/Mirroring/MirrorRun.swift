import Contributions
import Curation
import Foundation
import MapFormats
import SpatialDatabase

/// Makes a layer the same as its source once: by its change feed where there is one, and otherwise page by page.
struct MirrorRun {
    let client: SourceClient
    let collection: SourceCollection
    let layer: LayerIdentifier
    let writer: MirrorWriter
    /// How many features are copied at most.
    let most: Int
    private(set) var outcome = MirrorBatch.Outcome()
    private(set) var leftOut = 0
    private(set) var requests = 0
    private(set) var unchangedPages = 0
    private var progress = Mirror.Progress()
    private var seen: Set<Mirror.Key> = []

    init(
        client: SourceClient, collection: SourceCollection, layer: LayerIdentifier, writer: MirrorWriter, most: Int
    ) {
        self.client = client
        self.collection = collection
        self.layer = layer
        self.writer = writer
        self.most = most
    }

    /// - Throws: `Refusal`; what was read before is kept then, and the next run goes on from there.
    mutating func run() async throws {
        progress = try writer.read { try $0.mirror(of: layer)?.progress } ?? .init()
        if progress.isWhole, let changes = collection.changes, progress.cursor != nil {
            if try await follow(changes) { return }
            // It cannot say any more what has changed: everything is compared.
            progress.cursor = nil
        }
        try await walk()
    }

    private mutating func send(_ batch: MirrorBatch, _ staging: MirrorStaging = .init()) async throws {
        let kept = try await writer.keep(batch, staging)
        outcome.added += kept.added
        outcome.changed += kept.changed
        outcome.withdrawn += kept.withdrawn
    }

    private var batch: MirrorBatch { MirrorBatch(layer: layer, source: collection.address, progress: progress) }
}

/// Page by page.
extension MirrorRun {
    private mutating func walk() async throws {
        let known = try writer.read { try $0.mirroredKeys(of: layer) }
        let pages = try writer.read { try $0.mirrorPages(of: layer) }
        if let changes = collection.changes, progress.cursor == nil {
            // Taken first: what changes while all is read is heard of afterwards.
            progress.cursor = try await beginning(of: changes)
        }
        let isFirst = !progress.isWhole
        var place = isFirst ? progress.place : 0
        seen = Set(known.filter { isFirst && $0.value < place }.keys)
        var address: String? = isFirst ? progress.next ?? collection.items : collection.items
        var visited: Set<String> = []
        var idle = 0
        while let current = address {
            guard visited.insert(current).inserted else { throw Refusal("the source's pages go round in circles") }
            let before = seen.count
            address = try await page(current, place, pages.first { $0.place == place && $0.address == current }, known)
            guard seen.count <= most else { throw Refusal("the source has more than \(most) features: see --most") }
            idle = seen.count > before ? 0 : idle + 1
            guard idle < Self.mostIdle else { throw Refusal("the source has pages without end, and nothing on them") }
            place += 1
        }
        try await finish(known)
    }

    private static let mostIdle = 5

    /// Reads one page; returns the address of the next.
    private mutating func page(
        _ address: String, _ place: Int, _ before: Mirror.Page?, _ known: [Mirror.Key: Int]
    ) async throws -> String? {
        requests += 1
        let answer = try await client.get(address, tag: before?.tag, accept: "application/geo+json, application/json")
        if answer.status == 304, let before {
            unchangedPages += 1
            seen.formUnion(known.filter { $0.value == place }.keys)
            return before.next
        }
        guard answer.status == 200 else { throw Refusal("the source answers \(answer.status) at \(address)") }
        let page = try SourcePage(answer.body)
        let next = try page.next.map { try client.resolve($0, on: address) }
        leftOut += page.leftOut
        seen.formUnion(page.keys)
        let news = try changed(page.features, on: place)
        let now = Mirror.Page(place: place, address: address, tag: answer.tag, next: next)
        if progress.isWhole {
            guard !news.isEmpty || now != before else { return next }
        } else {
            progress.next = next
            progress.place = place + 1
        }
        var batch = self.batch
        batch.page = now
        try await send(batch, news)
        return next
    }

    private func changed(_ features: [MirroredFeature], on place: Int) throws -> MirrorStaging {
        var staging = MirrorStaging()
        try writer.read { transaction in
            for feature in features {
                let known = try transaction.mirrored(feature.key, in: layer)
                if known?.digest != feature.digest || known?.page != place { try staging.append(feature) }
            }
        }
        return staging
    }

    /// What stood on no page is gone there.
    private mutating func finish(_ known: [Mirror.Key: Int]) async throws {
        var gone = known.keys.filter { !seen.contains($0) }.map { String($0.bits, radix: 16) }
        let stored = try writer.read { try $0.mirror(of: layer)?.progress }
        while gone.count > MirrorBatch.mostGone {
            var batch = self.batch
            batch.gone = Array(gone.suffix(MirrorBatch.mostGone))
            gone.removeLast(MirrorBatch.mostGone)
            try await send(batch)
        }
        progress.isWhole = true
        progress.next = nil
        progress.place = 0
        guard !gone.isEmpty || progress != stored else { return }
        var batch = self.batch
        batch.gone = gone
        try await send(batch)
    }
}

/// By what has changed.
extension MirrorRun {
    /// False when the source does not know any more what has changed since.
    private mutating func follow(_ changes: String) async throws -> Bool {
        while let cursor = progress.cursor {
            requests += 1
            let answer = try await client.get(feed(changes, cursor))
            if answer.status == 410 || answer.status == 400 { return false }
            let (document, next, hasMore) = try told(answer)
            if cursor == next { return true }
            progress.cursor = next
            try await take(document)
            if !hasMore { return true }
        }
        return false
    }

    /// The cursor from which everything is heard of that changes from now on.
    private mutating func beginning(of changes: String) async throws -> String {
        var address = changes + "?limit=10000"
        while true {
            requests += 1
            let (_, cursor, hasMore) = try told(try await client.get(address))
            guard hasMore else { return cursor }
            address = feed(changes, cursor) + "&limit=10000"
        }
    }

    private func feed(_ changes: String, _ cursor: String) -> String {
        let letters = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_"))
        return "\(changes)?since=\(cursor.addingPercentEncoding(withAllowedCharacters: letters) ?? "")"
    }

    private func told(_ answer: SourceClient.Answer) throws -> (JSONObject, cursor: String, hasMore: Bool) {
        guard answer.status == 200, case .object(let document)? = try? JSONParser.parse(answer.body),
            let cursor = document["cursor"]?.text, case .array(let links)? = document["links"]
        else { throw Refusal("the source does not tell what has changed in a way that is understood") }
        return (document, cursor, links.contains { $0["rel"]?.text == "next" })
    }

    private mutating func take(_ document: JSONObject) async throws {
        var gone = Self.list("withdrawn", document).map { Mirror.Key(of: $0) }
        var staging = MirrorStaging()
        for identifier in Self.list("added", document) + Self.list("changed", document) {
            guard let feature = try await feature(identifier) else {
                gone.append(Mirror.Key(of: identifier))
                continue
            }
            let known = try writer.read { try $0.mirrored(feature.key, in: layer) }
            if known?.digest != feature.digest { try staging.append(feature) }
        }
        var batch = self.batch
        batch.gone = gone.map { String($0.bits, radix: 16) }
        try await send(batch, staging)
    }

    /// Nil for what is not there any more, or cannot be kept.
    private mutating func feature(_ identifier: String) async throws -> MirroredFeature? {
        guard PublicIdentifier(identifier) != nil else { throw Refusal("the source tells of ids that are none") }
        requests += 1
        let address = "\(collection.address)/items/\(identifier)"
        let answer = try await client.get(address, accept: "application/geo+json")
        if answer.status == 404 || answer.status == 410 { return nil }
        guard answer.status == 200, let value = try? JSONParser.parse(answer.body) else {
            throw Refusal("the source answers \(answer.status) at \(address)")
        }
        guard let (_, feature) = try SourcePage.read(value), let feature else {
            leftOut += 1
            return nil
        }
        return feature
    }

    private static func list(_ name: String, _ document: JSONObject) -> [String] {
        guard case .array(let values)? = document[name] else { return [] }
        return values.compactMap(\.text)
    }
}
