import Testing

@testable import Office

@Suite struct LegalPeriodTests {
    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    /// § 40 of act 500/2004 at its boundaries: a short month, Easter, Christmas.
    @Test(arguments: [
        ("2026-01-31", LegalPeriod.months(1), "2026-03-02"),
        ("2026-03-20", .days(15), "2026-04-07"),
        ("2026-12-09", .days(15), "2026-12-28"),
        ("2026-06-01", .days(15), "2026-06-16"),
        ("2024-02-29", .years(1), "2025-02-28"),
        ("2026-11-23", .weeks(1), "2026-11-30"),
        ("2026-11-13", .workingDays(3), "2026-11-19"),
    ])
    func ends(_ event: String, _ period: LegalPeriod, _ end: String) throws {
        #expect(period.end(after: try day(event)) == (try day(end)))
    }

    @Test(arguments: [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2038, "2038-04-25")])
    func easter(_ year: Int, _ sunday: String) throws {
        #expect(Holidays.easterSunday(year) == (try day(sunday)))
    }

    @Test func goodFridayIsNoWorkingDay() throws {
        #expect(try !day("2026-04-03").isWorking)
        #expect(try !day("2026-11-17").isWorking)
        #expect(try day("2026-11-18").isWorking)
    }

    /// Five days of § 37(4): handed in on Monday 23 November 2026, the 28th is a Saturday.
    @Test func confirmationEndsOnAWorkingDay() throws {
        #expect(confirmationEnd(accepted: try day("2026-11-23")) == (try day("2026-11-30")))
    }

    @Test func aRegimeHasItsOwnClock() throws {
        let reached = try day("2026-11-02")
        #expect(RegimeClock(.information)?.due(reached: reached) == (try day("2026-11-18")))
        #expect(RegimeClock(.administrative)?.due(reached: reached) == (try day("2026-12-02")))
        #expect(RegimeClock(.tax) == nil)
    }
}

@Suite struct MoneyTests {
    @Test(arguments: [
        ("1 234,50", 123_450), ("1234.5", 123_450), ("200", 20_000), ("0,07", 7), ("-3", -300),
        ("1 500 Kč", 150_000),
    ])
    func reads(_ text: String, _ hellers: Int) { #expect(Money(text)?.hellers == hellers) }

    @Test(arguments: ["", "1,234", "12a", "1.2.3", "99999999999999", ","])
    func refuses(_ text: String) { #expect(Money(text) == nil) }

    @Test func shows() {
        #expect(Money(hellers: 123_456_789).plain == "1\u{A0}234\u{A0}567,89")
        #expect(Money(hellers: -5).plain == "−0,05")
    }
}

@Suite struct PaymentCodeTests {
    /// The example account of the bank's own check (decree 169/2011) and its IBAN.
    @Test func anAccountHasItsIBAN() throws {
        let account = try #require(BankAccount("19-2000145399/0800"))
        #expect(account.iban == "CZ6508000000192000145399")
        #expect(BankAccount("19-2000145398/0800") == nil)
        #expect(BankAccount("2000145399") == nil)
    }

    @Test func aPaymentIsOneLine() throws {
        let account = try #require(BankAccount("19-2000145399/0800"))
        let code = PaymentCode(
            account: account,
            amount: Money(hellers: 20_005),
            variableSymbol: "2026000001",
            message: "Poplatek ze psů * Luka"
        )
        #expect(
            code.text
                == "SPD*1.0*ACC:CZ6508000000192000145399*AM:200.05*CC:CZK*X-VS:2026000001*MSG:POPLATEK ZE PSU  LUKA"
        )
    }
}

@Suite struct CSVTests {
    @Test func quotesLineEndsAndRemarks() throws {
        let table = try CSV("# remark\r\na,b\r\n\"x, \"\"y\"\"\",\"1\n2\"\n", file: "t")
        #expect(try table.lines.map { try $0["a"] } == ["x, \"y\""])
        #expect(try table.lines.first?["b"] == "1\n2")
    }

    @Test func aLineOfAnotherWidthIsNamed() {
        #expect(throws: CSV.Fault.self) { try CSV("a,b\n1\n", file: "t") }
    }
}

@Suite struct SlugTests {
    @Test func collidingNamesAllTakeTheirDistrict() {
        let slugs = Slug.all(of: [
            (code: "1", name: "Pěnčín", orp: "Liberec"),
            (code: "2", name: "Pěnčín", orp: "Jablonec nad Nisou"),
            (code: "3", name: "Luka", orp: "Česká Lípa"), (code: "4", name: "Test", orp: "Zlín"),
        ])
        #expect(slugs["1"] == "pencin-liberec")
        #expect(slugs["2"] == "pencin-jablonec-nad-nisou")
        #expect(slugs["3"] == "luka")
        #expect(slugs["4"] == "test-zlin")
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1 kB"), (1250, "1,3 kB"), (9960, "10 kB"), (12_499, "12 kB"),
        (1_000_000, "1 MB"), (1_540_000, "1,5 MB"),
    ])
    func `A size is read in the unit that suits it`(bytes: Int, text: String) {
        #expect(byteSize(bytes) == text.replacing(" ", with: "\u{a0}"))
    }

    /// `_` stands for the fixed space.
    @Test(arguments: [
        ("zákon č. 565/1990 Sb., § 2 a 14a", "zákon č._565/1990_Sb., §_2 a 14a"),
        ("§ 37 odst. 6 písm. a) zákona", "§_37_odst._6_písm._a) zákona"),
        ("č. j. OÚ 1/2026", "č._j._OÚ 1/2026"), ("§", "§"), ("§ ", "§_"), (" Sb", " Sb"), ("", ""),
        ("č.", "č."), ("ččč. 1 😀", "ččč._1 😀"),
    ])
    func `A citation does not break across lines`(loose: String, bound: String) {
        #expect(loose.unbroken == bound.replacing("_", with: "\u{a0}"))
        #expect(loose.unbroken.unbroken == loose.unbroken)
    }
}
