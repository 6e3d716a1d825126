import Contributions
import Testing

@Suite("Dates with a time")
struct DateAndTimeTests {
    @Test(
        "offsets, fractions and leap days are counted",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59Z", -1),
            ("1969-12-31T23:59:59.9Z", -1),
            ("1970-01-01T00:00:00.999999999Z", 0),
            ("1970-01-01T01:00:00+01:00", 0),
            ("1969-12-31T18:30:00-05:30", 0),
            ("1970-01-01T00:00:00.25-00:00", 0),
            ("1970-01-01t00:00:10z", 10),
            ("2024-02-29T00:00:00Z", 1_709_164_800),
            ("2000-02-29T12:00:00Z", 951_825_600),
            ("2016-12-31T23:59:60Z", 1_483_228_800),
            ("2038-01-19T03:14:08Z", 2_147_483_648),
            ("0000-01-01T00:00:00Z", -62_167_219_200),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
            ("9999-12-31T23:59:59-23:59", 253_402_387_139),
        ] as [(String, Int64)])
    func counted(text: String, seconds: Int64) {
        #expect(DateAndTime.seconds(text) == seconds)
    }

    @Test(
        "what is malformed or has no offset is nothing",
        arguments: [
            "", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00,5Z",
            "1970-01-01T00:00Z",
            "1970-01-01T00:00:00+01", "1970-01-01T00:00:00+0100", "1970-01-01T00:00:00+24:00",
            "1970-01-01T00:00:00+01:60",
            "1970-01-01T00:00:00Z ", "1970-01-01T00:00:00ZZ", "1970-01-01 00:00:00Z", "1970-13-01T00:00:00Z",
            "1970-00-01T00:00:00Z", "1970-01-32T00:00:00Z", "1970-01-00T00:00:00Z", "2023-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z", "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z", "1970-01-01T00:00:61Z",
            "-970-01-01T00:00:00Z", "1970-01-01T-1:00:00Z", "1970/01/01T00:00:00Z", "é970-01-01T00:00:00Z",
        ])
    func malformed(text: String) {
        #expect(DateAndTime.seconds(text) == nil)
    }
}

@Suite struct DateAndTimeWritingTests {
    @Test(arguments: [
        "0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "2000-02-29T12:34:56Z",
        "2024-12-31T23:59:59Z", "9999-12-31T23:59:59Z",
    ])
    func whatIsWrittenIsReadBack(text: String) throws {
        let seconds = try #require(DateAndTime.seconds(text))
        #expect(DateAndTime.text(seconds: seconds) == text)
    }

    @Test func everyDayOfFourCenturiesIsWrittenAsItIsRead() {
        for day in stride(from: Int64(-73_000), to: 73_100, by: 1) {
            let text = DateAndTime.text(seconds: day * 86_400 + 3_661)
            #expect(text.flatMap { DateAndTime.seconds($0) } == day * 86_400 + 3_661)
        }
    }

    @Test func yearsThatTheNotationDoesNotKnowAreNotWritten() {
        #expect(DateAndTime.text(seconds: 253_402_300_800) == nil)
        #expect(DateAndTime.text(seconds: -62_167_219_201) == nil)
        #expect(DateAndTime.text(seconds: .min) == nil)
    }
}
