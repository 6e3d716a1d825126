import MapFormats
import Testing

@Suite struct XMLTextTests {
    @Test(
        "Text stays text between tags and in quotes, and what XML has no place for is replaced",
        arguments: [
            ("a & b <c> \"d\"", "a &amp; b &lt;c&gt; &quot;d&quot;"), ("]]>", "]]&gt;"), ("été 🎈", "été 🎈"),
            ("a\u{0}b\u{1B}c\u{FFFF}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"), ("a\r\nb\tc", "a&#13;\nb\tc"),
        ])
    func textStaysText(text: String, written: String) {
        var bytes: [UInt8] = []
        XMLText.append(text, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == written)
    }
}
