import Contributions
import Testing

@Suite("Layer identifiers")
struct LayerIdentifierTests {
    @Test(
        "1 to 64 of a–z, 0–9 and - name a layer",
        arguments: [
            "a", "0", "-", "memoires-1987", String(repeating: "z", count: 64),
        ])
    func taken(text: String) throws {
        let identifier = try LayerIdentifier(text)
        #expect(identifier.text == text && identifier.description == text)
    }

    @Test(
        "anything else does not",
        arguments: [
            "", "A", "é", "a b", "a_b", "a.b", "a/b", "..", "a\n", "a\0", "`", "{", String(repeating: "z", count: 65),
        ])
    func refused(text: String) {
        #expect(throws: ContributionError.layerIdentifier(text)) { try LayerIdentifier(text) }
    }
}
