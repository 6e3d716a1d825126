package import Contributions

/// One import as it is noted; means something inside the same transaction only.
package struct ImportRun: Sendable {
    let number: Int64
    let layer: Int64
}

/// Under what a record is known over all imports of its source: hashes that only this instance can make.
package struct ImportKey: Hashable, Sendable {
    /// 16 bytes each.
    let source: [UInt8]
    let outside: [UInt8]

    package init(source: String, record: String, key: InstanceKey) {
        self.source = Self.half(key.outsideName(source))
        outside = Self.half(key.outsideName(record))
    }

    static func half(_ digest: Digest) -> [UInt8] { Array(digest.bytes.prefix(16)) }
}

/// Where a record of a file stands here.
package enum ImportStanding: Sendable {
    case new
    /// It was erased here, and does not come back.
    case erased
    case known(ImportedFeature)
}

/// What an import has brought in.
package struct ImportedFeature: Sendable {
    let number: Int64
    /// Of what the file said last.
    package let digest: UInt128
}
