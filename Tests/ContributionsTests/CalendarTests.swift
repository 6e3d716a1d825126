import Testing

@testable import Contributions

@Suite("The calendar")
struct CalendarTests {
    @Test("months follow one another day by day, from before year 0 to after 2400")
    func monthByMonth() {
        var day = Calendar.firstDay(year: -801, month: 1)
        for year in Int64(-801)...2401 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            #expect(Calendar.days(ofYear: year).count == (isLeap ? 366 : 365))
            for (month, length) in zip(1..., [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
                let days = Calendar.days(ofMonth: Int64(month), year: year)
                #expect(days.lowerBound == day && days.count == length, "\(year)-\(month)")
                day += Int64(length)
            }
        }
    }

    @Test("day 0 is the first of 1970")
    func origin() {
        #expect(Calendar.firstDay(year: 1970, month: 1) == 0)
        #expect(Calendar.firstDay(year: 2000, month: 3) == 11_017)
    }
}
