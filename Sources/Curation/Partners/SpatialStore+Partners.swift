package import Contributions
package import SpatialDatabase

/// Partners made by an operator at the command line.
extension SpatialStore {
    /// - Parameters:
    ///   - origins: as browsers name them, such as `https://theatre.example`.
    ///   - now: seconds since 1970 UTC.
    /// - Throws: `OriginFault`; `CurationError.notAnAccess` for a name that is empty or too long.
    package func createPartner(name: String, origins: [String], at now: Int64) async throws -> Partner {
        let origins = try origins.map { try Origin($0) }
        guard !name.isEmpty, name.count <= Partner.longestName, PlainText.fault(inLine: name) == nil,
            origins.count <= Partner.mostOrigins
        else { throw CurationError.notAnAccess }
        var generator = SystemRandomNumberGenerator()
        let partner = Partner(identifier: .random(using: &generator), name: name, origins: origins)
        try await write { transaction in
            try transaction.add(partner)
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: "operator", act: "create partner", subject: partner.identifier.description))
        }
        return partner
    }
}
