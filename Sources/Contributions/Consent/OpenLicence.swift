/// The open licences that an author may choose, by their SPDX identifiers.
package enum OpenLicence {
    package static let identifiers = ["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "ODbL-1.0", "etalab-2.0"]
}
