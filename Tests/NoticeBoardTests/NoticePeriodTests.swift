import Office
import Testing

@testable import NoticeBoard

/// The boundaries of each rule: the last day that suffices and the first that does not.
@Suite struct `The period of a notice` {
    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    @Test func `of fifteen days posted on 1 June ends with 16 June`() throws {
        let period = NoticePeriod(kind: .publicDecree, posted: try day("2026-06-01"), event: nil)
        #expect(period.earliestLastDay == Day("2026-06-16"))
        #expect(period.deemedDelivery == Day("2026-06-16"))
        try period.check(until: try day("2026-06-16"))
        #expect(throws: BoardRefusal.tooShort(.publicDecree, try day("2026-06-16"))) {
            try period.check(until: try day("2026-06-15"))
        }
        #expect(throws: BoardRefusal.lastDayNeeded) { try period.check(until: nil) }
    }

    @Test func `does not move from a weekend or holiday`() throws {
        // 4 April 2026 is the Saturday before Easter.
        let period = NoticePeriod(kind: .service, posted: try day("2026-03-20"), event: nil)
        #expect(period.earliestLastDay == Day("2026-04-04"))
    }

    @Test func `of a meeting is seven days before it, and it hangs until it takes place`() throws {
        let posted = try day("2026-06-01")
        let just = NoticePeriod(kind: .councilMeeting, posted: posted, event: try day("2026-06-08"))
        try just.check(until: try day("2026-06-08"))
        let late = NoticePeriod(kind: .councilMeeting, posted: posted, event: try day("2026-06-07"))
        #expect(throws: BoardRefusal.eventTooSoon(.councilMeeting, try day("2026-06-08"))) {
            try late.check(until: try day("2026-06-30"))
        }
        let far = NoticePeriod(kind: .councilMeeting, posted: posted, event: try day("2026-06-20"))
        #expect(far.earliestLastDay == Day("2026-06-20"))
        #expect(throws: BoardRefusal.self) { try far.check(until: try day("2026-06-19")) }
    }

    @Test(arguments: [NoticeKind.saleIntent, .budgetDraft])
    func `of an intent or a draft budget has fifteen whole days before the decision`(_ kind: NoticeKind)
        throws
    {
        let posted = try day("2026-06-01")
        let just = NoticePeriod(kind: kind, posted: posted, event: try day("2026-06-17"))
        try just.check(until: try day("2026-06-17"))
        let late = NoticePeriod(kind: kind, posted: posted, event: try day("2026-06-16"))
        #expect(throws: BoardRefusal.eventTooSoon(kind, try day("2026-06-17"))) {
            try late.check(until: try day("2026-06-30"))
        }
        let none = NoticePeriod(kind: kind, posted: posted, event: nil)
        #expect(throws: BoardRefusal.self) { try none.check(until: try day("2026-06-30")) }
    }

    @Test func `of a draft budget lasts until it is discussed, of an intent fifteen days suffice`() throws {
        let posted = try day("2026-06-01")
        let event = try day("2026-06-25")
        #expect(
            NoticePeriod(kind: .budgetDraft, posted: posted, event: event).earliestLastDay
                == Day("2026-06-25")
        )
        #expect(
            NoticePeriod(kind: .saleIntent, posted: posted, event: event).earliestLastDay == Day("2026-06-16")
        )
    }

    @Test func `of an approved budget has no end, and posting it late is told but not refused`() throws {
        let approved = try day("2026-05-01")
        let just = NoticePeriod(kind: .budgetApproved, posted: try day("2026-05-31"), event: approved)
        let late = NoticePeriod(kind: .budgetApproved, posted: try day("2026-06-01"), event: approved)
        try just.check(until: nil)
        try late.check(until: nil)
        #expect(just.latestPosting == Day("2026-05-31"))
        #expect(just.sentence.contains("Vyvěsit je třeba do"))
        #expect(late.sentence.contains("Mělo viset už"))
    }

    @Test func `of a grant is ninety days, of its contract three years`() throws {
        let posted = try day("2024-02-29")
        let contract = NoticePeriod(kind: .grantContract, posted: posted, event: posted)
        #expect(contract.earliestLastDay == Day("2027-02-28"))
        let programme = NoticePeriod(
            kind: .grantProgramme,
            posted: try day("2026-06-01"),
            event: try day("2026-07-01")
        )
        #expect(programme.earliestLastDay == Day("2026-08-30"))
        #expect(programme.earliestEvent == Day("2026-07-01"))
        try programme.check(until: try day("2026-08-30"))
    }

    @Test(arguments: [NoticeKind.auction, .saleIntent])
    func `of a sale or an auction is proposed up to its day`(_ kind: NoticeKind) throws {
        let posted = try day("2026-06-01")
        func last(_ event: Day?) -> Day? {
            NoticePeriod(kind: kind, posted: posted, event: event).usualLastDay
        }
        #expect(last(nil) == Day("2026-06-16"))
        #expect(last(posted + 16) == posted + 16)
        #expect(last(posted + 14) == Day("2026-06-16"))
        // The law asks for no more than before.
        try NoticePeriod(kind: kind, posted: posted, event: posted + 40).check(until: posted + 15)
    }

    @Test func `serves nothing that was served another way`() throws {
        let posted = try day("2026-06-01")
        let served = NoticePeriod(kind: .publicDecree, posted: posted, event: nil, isServed: true)
        #expect(served.deemedDelivery == nil && !served.sentence.contains("Doručeno"))
        #expect(served.earliestLastDay == Day("2026-06-16"))
    }

    @Test func `is free where the law gives none`() throws {
        let period = NoticePeriod(kind: .other, posted: try day("2026-06-01"), event: nil)
        try period.check(until: try day("2026-06-01"))
        #expect(throws: BoardRefusal.self) { try period.check(until: try day("2026-05-31")) }
    }

    @Test func `names its law for every kind`() {
        for kind in NoticeKind.allCases { #expect(!kind.law.isEmpty && !kind.czech.isEmpty) }
    }
}
