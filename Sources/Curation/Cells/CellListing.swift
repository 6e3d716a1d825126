package import Contributions
import Foundation
package import MapFormats
import MapGeometry

/// Tells the cells in which positions lie, a line for each: how an operator counts addresses into a household table.
package struct CellListing: Sendable {
    private let precision: Precision
    private let households: HouseholdTable?
    private let writesFeatures: Bool

    /// - Parameters:
    ///   - precision: `about` or `wide`; nil for the others, at which no cell shows.
    ///   - households: tells the natural cell instead of the finest one.
    ///   - writesFeatures: a GeoJSON feature for each position, with the outline of its cell, and not its name.
    package init?(precision: Precision, households: HouseholdTable? = nil, writesFeatures: Bool = false) {
        guard precision.finestSide != nil else { return nil }
        self.precision = precision
        self.households = households
        self.writesFeatures = writesFeatures
    }

    /// Reads lines of longitude and latitude, parted by spaces, tabs or a comma, and answers each in its turn.
    ///
    /// Constant memory.
    /// - Throws: `ImportError.record` for the first line that holds no position, once those before it are answered;
    ///   what `write` throws.
    package func answer(_ source: ByteSource, write: ([UInt8]) throws -> Void) throws {
        var source = source
        var (line, number) = ([UInt8](), 0)
        var answers: [UInt8] = []
        func flush() throws {
            try write(answers)
            answers.removeAll(keepingCapacity: true)
        }
        func answer() throws {
            number += 1
            do throws(ImportError) {
                append(try place(on: line, number: number), to: &answers)
            } catch {
                try flush()
                throw error
            }
            line.removeAll(keepingCapacity: true)
        }
        while let piece = try next(&source) {
            for byte in piece {
                if byte == UInt8(ascii: "\n") { try answer() } else { line.append(byte) }
            }
            try flush()
        }
        if !line.isEmpty { try answer() }
        try flush()
    }

    private func next(_ source: inout ByteSource) throws(ImportError) -> [UInt8]? {
        do {
            return try source.next()
        } catch {
            throw .file(reason: error.description)
        }
    }

    private func place(on line: [UInt8], number: Int) throws(ImportError) -> Coordinate {
        let words = line.split { [0x20, 0x09, 0x0D, 0x2C].contains($0) }
        let numbers = words.compactMap { word in
            word.allSatisfy { 0x2B...0x39 ~= $0 || $0 | 0x20 == 0x65 }
                ? Double(String(decoding: word, as: UTF8.self)) : nil
        }
        guard words.count == 2, numbers.count == 2 else {
            throw .record(line: number, reason: "expected longitude and latitude in degrees, such as 2.3795 48.868")
        }
        do {
            return try Coordinate(longitude: numbers[0], latitude: numbers[1])
        } catch {
            throw .record(line: number, reason: error.description)
        }
    }

    private func append(_ place: Coordinate, to answers: inout [UInt8]) {
        let shown = PublishedPlace(of: place, at: precision, households: households)
        guard let cell = shown.cell else { return }
        if writesFeatures {
            let feature = GeoJSONFeature(
                geometry: shown.geometry,
                properties: [
                    "precision": .string(precision.rawValue), "precision_m": .integer(Int64(cell.side.metres)),
                    "cell": .string(cell.name),
                ])
            GeoJSONWriter().append(feature, to: &answers)
        } else {
            answers.append(contentsOf: cell.name.utf8)
        }
        answers.append(UInt8(ascii: "\n"))
    }
}
