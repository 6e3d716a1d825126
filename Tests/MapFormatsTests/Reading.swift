@testable import MapFormats

/// What reading a whole file gave: its records, then how it ended.
struct Reading: Equatable {
    struct Entry: Equatable {
        let line: Int
        let ordinal: Int
        let feature: GeoJSONFeature?
        let error: FormatError?
    }

    var entries: [Entry] = []
    /// Why the file could not be read on; nil when it was read to its end.
    var failure: FormatError?

    var features: [GeoJSONFeature] { entries.compactMap(\.feature) }
    var errors: [FormatError] { entries.compactMap(\.error) }
    var lines: [Int] { entries.map(\.line) }

    init(_ bytes: [UInt8], as format: RecordFormat, chunkSize: Int = 65_536) {
        do throws(FormatError) {
            let reader = try FeatureReader(ByteSource(bytes, chunkSize: chunkSize), format: format)
            while let record = try reader.next() {
                let (feature, error): (GeoJSONFeature?, FormatError?) =
                    switch record.content {
                    case .success(let feature): (feature, nil)
                    case .failure(let error): (nil, error)
                    }
                entries.append(Entry(line: record.line, ordinal: record.ordinal, feature: feature, error: error))
            }
        } catch {
            failure = error
        }
    }

    init(_ text: String, as format: RecordFormat, chunkSize: Int = 65_536) {
        self.init(Array(text.utf8), as: format, chunkSize: chunkSize)
    }
}

func text(_ write: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    write(&bytes)
    return String(decoding: bytes, as: UTF8.self)
}
