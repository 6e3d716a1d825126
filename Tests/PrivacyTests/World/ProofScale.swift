import Foundation

/// How much a proof tries: little in `Tools/test`, all that `privacy.md` asks for in `Tools/prove-privacy`.
enum ProofScale: String {
    case small, medium, full

    /// What `LIEUDIT_PROOF_SIZE` says; small when it says nothing.
    static let asked =
        ProcessInfo.processInfo.environment["LIEUDIT_PROOF_SIZE"].flatMap(ProofScale.init(rawValue:)) ?? .small

    static func of<Value>(small: Value, medium: Value, full: Value) -> Value {
        switch asked {
        case .small: small
        case .medium: medium
        case .full: full
        }
    }
}

/// The lines that `Tools/prove-privacy` puts together; nothing is written unless it asks for them.
enum ProofReport {
    /// - Parameters:
    ///   - proof: such as `LP1`; `LP1 control` for what the proof finds once something is wrong.
    ///   - figure: what was counted, in words.
    static func note(_ proof: String, _ figure: String) {
        guard let path = ProcessInfo.processInfo.environment["LIEUDIT_PROOF_REPORT"],
            let file = FileHandle(forWritingAtPath: path)
        else { return }
        defer { try? file.close() }
        _ = try? file.seekToEnd()
        try? file.write(contentsOf: Data("\(proof)\t\(figure)\n".utf8))
    }
}
