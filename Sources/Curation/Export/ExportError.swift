/// Why a layer cannot be written out as a file.
package enum ExportError: Error, Equatable, Sendable {
    /// There is no program here that writes the format.
    case notInstalled(FileFormat)
    case notWritten(reason: String)
    case compression
    case tooManyTiles
    /// A program that writes the format has refused, was stopped at its limits, or took too long.
    case conversionFailed(FileFormat, reason: String)

    /// More entries than that are no export but a whole country drawn tile by tile.
    static let mostTiles = 8_000_000
}

extension ExportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notInstalled(let format):
            "\(format.title) is written with GDAL, which is not installed here; on Debian: apt-get install gdal-bin"
        case .notWritten(let reason): "the file cannot be written: \(reason)"
        case .compression: "there is no memory left to compress with"
        case .tooManyTiles: "the layer has more than \(Self.mostTiles) tiles, too many for one archive"
        case .conversionFailed(let format, let reason): "\(format.title) could not be made: \(reason)"
        }
    }
}
