import Curation
import Synchronization

/// Writes the next piece of a download each time that it is asked, by one task at a time.
final class ItemPieces: Sendable {
    /// How many features are read at once: of these a stream holds the text, several times over on its way out.
    static let size = 100

    private struct State {
        var export: LayerExport
        var position: ItemPage.Position?
        var hasBegun = false
    }

    private let download: ItemDownload
    private let state: Mutex<State>

    init(of download: ItemDownload, _ export: LayerExport, from position: ItemPage.Position) {
        self.download = download
        state = Mutex(State(export: export, position: position))
    }

    /// Nil behind the last.
    func next() throws -> [UInt8]? {
        try state.withLock { state in
            guard let position = state.position else { return nil }
            var bytes: [UInt8] = []
            if !state.hasBegun { state.export.begin(&bytes) }
            state.hasBegun = true
            let page = try download.page(at: position)
            try download.append(page, to: &bytes, with: &state.export)
            state.position = page.following
            if page.following == nil { state.export.end(&bytes) }
            return bytes
        }
    }
}
