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

    @Test func `of a sale is proposed up to its day, though the law asks for no more than before`() throws {
        let posted = try day("2026-06-01")
        func last(_ event: Day?) -> Day? {
            NoticePeriod(kind: .saleIntent, posted: posted, event: event).usualLastDay
        }
        #expect(last(nil) == Day("2026-06-16"))
        #expect(last(posted + 16) == posted + 16)
        #expect(last(posted + 14) == Day("2026-06-16"))
        try NoticePeriod(kind: .saleIntent, posted: posted, event: posted + 40).check(until: posted + 15)
    }

    @Test func `of an auction lasts until its day, which has not passed`() throws {
        let posted = try day("2026-11-29")
        func period(_ event: Day?) -> NoticePeriod {
            NoticePeriod(kind: .auction, posted: posted, event: event)
        }
        #expect(period(nil).usualLastDay == posted + 15)
        #expect(period(posted + 11).usualLastDay == posted + 11)
        #expect(period(posted + 40).usualLastDay == posted + 40)
        try period(posted + 1).check(until: posted + 1)
        try period(posted + 1).check(until: posted + 30)
        #expect(throws: BoardRefusal.endsBeforeEvent(.auction, posted + 1)) {
            try period(posted + 1).check(until: posted)
        }
        try period(posted).check(until: posted)
        #expect(throws: BoardRefusal.eventPast(.auction)) {
            try period(posted - 1).check(until: posted + 15)
        }
        #expect(throws: BoardRefusal.eventNeeded("den dražby")) {
            try period(nil).check(until: posted + 15)
        }
        #expect(period(nil).sentence.hasPrefix("Do konce dne dražby"))
    }

    @Test(arguments: [NoticeKind.budgetApproved, .budgetAmendment, .grantContract])
    func `of what was approved or concluded begins on that day at the earliest`(_ kind: NoticeKind) throws {
        let posted = try day("2026-06-01")
        let until = kind == .grantContract ? posted + 1200 : nil
        try NoticePeriod(kind: kind, posted: posted, event: posted).check(until: until)
        #expect(throws: BoardRefusal.eventAhead(kind)) {
            try NoticePeriod(kind: kind, posted: posted, event: posted + 1).check(until: until)
        }
    }

    @Test func `of a decree may begin before or after the day from which it is in force`() throws {
        let posted = try day("2026-06-01")
        for event in [posted - 400, posted + 15, nil] {
            try NoticePeriod(kind: .decree, posted: posted, event: event).check(until: nil)
        }
    }

    @Test func `tells what coming down early would spoil, up to the last day`() throws {
        let posted = try day("2026-06-01")
        let decree = NoticePeriod(kind: .publicDecree, posted: posted, event: nil)
        #expect(decree.loss(byTakingDownOn: posted + 15)?.contains("nebude doručena") == true)
        #expect(decree.loss(byTakingDownOn: posted + 16) == nil)
        let served = NoticePeriod(kind: .publicDecree, posted: posted, event: nil, isServed: true)
        #expect(served.loss(byTakingDownOn: posted)?.contains("oruč") == false)
        let intent = NoticePeriod(kind: .saleIntent, posted: posted, event: posted + 20)
        #expect(intent.loss(byTakingDownOn: posted + 15)?.contains("§ 39 odst. 1") == true)
        #expect(intent.loss(byTakingDownOn: posted + 16) == nil)
        #expect(NoticePeriod(kind: .other, posted: posted, event: nil).loss(byTakingDownOn: posted) == nil)
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
        #expect(throws: BoardRefusal.lastDayPast) { try period.check(until: try day("2026-05-31")) }
        let decree = NoticePeriod(kind: .decree, posted: try day("2026-06-01"), event: nil)
        #expect(throws: BoardRefusal.lastDayPast) { try decree.check(until: try day("2026-05-31")) }
        #expect(BoardRefusal.lastDayPast.czech == "Poslední den nemůže být dřív než dnes.")
    }

    @Test func `ends a year after what is usual at the latest, and no event is planned beyond two`() throws {
        let posted = try day("2026-06-01")
        for (kind, latest) in [
            (NoticeKind.publicDecree, "2027-06-16"), (.other, "2027-06-16"), (.grantContract, "2030-06-01"),
            (.decree, "2028-06-01"),
        ] {
            let event = kind == .grantContract ? posted : nil
            let period = NoticePeriod(kind: kind, posted: posted, event: event)
            let last = try day(latest)
            try period.check(until: last)
            #expect(throws: BoardRefusal.lastDayTooFar(last), "\(kind)") { try period.check(until: last + 1) }
        }
        let far = try day("2028-06-01")
        try NoticePeriod(kind: .auction, posted: posted, event: far).check(until: far)
        #expect(throws: BoardRefusal.eventTooFar(.auction, far)) {
            try NoticePeriod(kind: .auction, posted: posted, event: far + 1).check(until: far + 1)
        }
    }

    @Test func `is said of a meeting by its day, where that is later than the law asks`() throws {
        let posted = try day("2026-06-01")
        let far = NoticePeriod(kind: .councilMeeting, posted: posted, event: posted + 20)
        #expect(throws: BoardRefusal.endsBeforeEvent(.councilMeeting, posted + 20)) {
            try far.check(until: posted + 19)
        }
    }

    @Test func `says for every kind which day it needs`() {
        let asks = NoticeKind.eventAsks
        for kind in NoticeKind.allCases {
            #expect(asks.contains(kind.czech.dropFirst()) == (kind.eventName != nil), "\(kind)")
        }
        #expect(NoticeKind.auction.eventAsk == "Vyplňte den dražby.")
        #expect(NoticeKind.decree.eventAsk == "Vyplňte den účinnosti (nepovinné).")
        #expect(NoticeKind.news.eventAsk.contains("nevyplňujte"))
    }

    @Test func `names its law for every kind`() {
        for kind in NoticeKind.allCases { #expect(!kind.law.isEmpty && !kind.czech.isEmpty) }
    }
}
