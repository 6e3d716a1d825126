import Contributions
import MapFormats
import SpatialDatabase

extension Encounter {
    /// What the store keeps, read again by the rules by which it was taken.
    /// - Throws: `SubmissionError` for what this program has not written.
    init(_ stored: StoredEncounter?, in place: LocalTime) throws {
        self.init()
        guard let stored else { return }
        var body: JSONObject = ["prompt": .string(stored.prompt)]
        body["hours"] = try stored.hours.map { try JSONParser.parse(Array($0.utf8)) }
        body["reveals"] = try stored.reveals.map { try JSONParser.parse(Array($0.utf8)) }
        self = try EncounterReader.read(.object(body), in: place)
        face.standing = stored.standing
    }

    var stored: StoredEncounter {
        StoredEncounter(
            hours: face.hours.map { JSONWriter.text(of: .object($0.document)) }, prompt: face.prompt,
            reveals: reveals.map { JSONWriter.text(of: .object($0.document)) }, standing: face.standing)
    }
}
