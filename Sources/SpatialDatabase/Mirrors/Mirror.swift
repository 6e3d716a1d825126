package import Contributions

/// A copy of a layer of another server, and how far it has been read.
package struct Mirror: Equatable, Sendable {
    /// The address of the collection there.
    package var source: String
    package var progress: Progress

    package init(source: String, progress: Progress) {
        self.source = source
        self.progress = progress
    }

    package struct Progress: Codable, Equatable, Sendable {
        /// Where its change feed goes on; nil where it has none.
        package var cursor: String?
        /// The address of the page with which the first reading goes on; nil for its first page.
        package var next: String?
        /// The number of that page, from 0.
        package var place = 0
        /// Whether all has been read once.
        package var isWhole = false

        package init() {}
    }

    /// A page of theirs when it was read last.
    package struct Page: Codable, Equatable, Sendable {
        package let place: Int
        package let address: String
        /// Its validator; nil where it had none.
        package let tag: String?
        /// The address of the page behind it; nil for the last.
        package let next: String?

        package init(place: Int, address: String, tag: String?, next: String?) {
            self.place = place
            self.address = address
            self.tag = tag
            self.next = next
        }
    }

    /// Stands for an id of theirs.
    package struct Key: Hashable, Sendable {
        package let bits: UInt128

        package init(bits: UInt128) {
            self.bits = bits
        }

        /// The first half of the id's SHA-256.
        package init(of identifier: String) {
            bits = Digest(of: identifier).half
        }
    }

    /// What is known of a feature of theirs.
    package struct Known: Sendable {
        /// Of what was read last.
        package let digest: UInt128
        package let page: Int
        /// What stands for it here; nil for what was erased here.
        package let contribution: StoredContribution?
    }
}

extension Digest {
    /// Its first sixteen bytes.
    package var half: UInt128 { bytes.prefix(16).reduce(0) { $0 << 8 | UInt128($1) } }
}
