import Contributions
import Curation
import Foundation

/// What an import says to a program that asked.
struct ImportReport: Encodable {
    let layer: String
    /// Features that are new or changed, or would come in.
    let imported: Int
    let skipped: Int
    let rehearsal: Bool
    /// Of a rehearsal.
    var fields: FieldProposal?
    /// Of an import by key.
    var update: ImportUpdate?

    init(layer: Layer, imported: Int, skipped: Int, rehearsal: Bool) {
        self.layer = layer.identifier.text
        self.imported = imported
        self.skipped = skipped
        self.rehearsal = rehearsal
    }

    static func print(_ report: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Swift.print(String(decoding: try encoder.encode(report), as: UTF8.self))
    }
}
