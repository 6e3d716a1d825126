import ArgumentParser
import Contributions
import Curation
import Foundation
import MapFormats

struct CellsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cells", abstract: "Tell the cells in which positions lie.",
        discussion: """
            Reads longitude and latitude from standard input, a position a line, and prints the name of the cell in \
            which each of them shows, such as CRS3035RES200mN2890400E3762800 (system, side, south-west corner). Cells \
            lie on the grid of EPSG:3035 in Europe and of EPSG:6933 elsewhere. Needs no store.

            How many addresses are in each cell: lieudit cells < addresses.txt | sort | uniq -c
            """)

    @Option(help: "about (cells of 200 m) or wide (1 km).")
    var precision = Precision.about

    @Option(
        help: ArgumentHelp(
            "A household table (CSV with columns cell and households): coarsens cells until 11 households live in them.",
            valueName: "file"))
    var households: String?

    @Flag(help: "Print a GeoJSON feature for each position, with the outline of its cell.")
    var geojson = false

    func validate() throws {
        if CellListing(precision: precision) == nil {
            throw ValidationError("at the precision \(precision.rawValue) no cell shows; use about or wide")
        }
    }

    func run() throws {
        signal(SIGPIPE, SIG_IGN)
        let households = try self.households.map { try HouseholdTable(csvFile: $0) }
        let listing = CellListing(precision: precision, households: households, writesFeatures: geojson)
        try listing?.answer(.standardInput()) {
            try FileHandle.standardOutput.write(contentsOf: $0)
        }
    }
}
