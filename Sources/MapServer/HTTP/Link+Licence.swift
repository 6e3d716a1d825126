import Contributions

extension Layer {
    /// The link to its licence; none for a licence whose address we do not know.
    var licenceLinks: [Link] {
        guard let licence, let address = Self.address(ofLicence: licence) else { return [] }
        return [Link("license", address, type: MediaType.page, title: licence)]
    }

    /// By its identifier in the list of SPDX.
    static func address(ofLicence name: String) -> String? {
        let name = name.lowercased()
        switch name {
        case "cc0-1.0": return "https://creativecommons.org/publicdomain/zero/1.0/"
        case "odbl-1.0": return "https://opendatacommons.org/licenses/odbl/1-0/"
        case "etalab-2.0": return "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
        default:
            // CC-BY-SA-4.0 is /licenses/by-sa/4.0/.
            let parts = name.split(separator: "-").map(String.init)
            let terms = parts.dropFirst().dropLast()
            guard parts.first == "cc", parts.count >= 3, let version = parts.last,
                ["2.0", "2.5", "3.0", "4.0"].contains(version), terms.allSatisfy(["by", "sa", "nc", "nd"].contains)
            else { return nil }
            return "https://creativecommons.org/licenses/\(terms.joined(separator: "-"))/\(version)/"
        }
    }
}
