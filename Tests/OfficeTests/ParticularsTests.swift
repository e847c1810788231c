import Testing

@testable import Office

@Suite struct ParticularsTests {
    @Test(arguments: [
        ("46362", "46362"), ("463 62", "46362"), ("abc", ""), ("4636", ""), ("463621", ""), ("06362", ""),
        ("86362", ""), ("４６３６２", ""),
    ])
    func postcodes(_ text: String, _ kept: String) { #expect(Particulars.postcode(text) == some(kept)) }

    @Test(arguments: [
        ("482 000 000", "+420482000000"), ("+420 482 000 000", "+420482000000"),
        ("00420482000000", "+420482000000"), ("zvonek", ""), ("48200000", ""), ("4820000000", ""),
        ("+420 48200000", ""), ("+49 3583 77310", "+49358377310"), ("+123456789012345", "+123456789012345"),
        ("+1234567890123456", ""), ("+420 000 000 000 (ukázka)", ""),
    ])
    func phones(_ text: String, _ kept: String) { #expect(Particulars.phone(text) == some(kept)) }

    @Test(arguments: [
        ("ABC2DE3", "abc2de3"), ("qrdae26", "qrdae26"), ("abc2de", ""), ("abc2de34", ""), ("abc1de3", ""),
        ("abc0de3", ""), ("abcode3", ""), ("ablode3", ""), ("abc-de3", ""),
    ])
    func dataBoxes(_ text: String, _ kept: String) { #expect(Particulars.dataBox(text) == some(kept)) }

    @Test func `are shown as they are read`() {
        #expect("46362".asPostcode == "463\u{A0}62" && "463 62".asPostcode == "463\u{A0}62")
        #expect("abc".asPostcode == "abc" && "".asPostcode == "")
        #expect("+420482000000".asPhone == "+420 482 000 000")
        #expect("+49358377310".asPhone == "+49358377310")
    }

    /// § 5 of decree 169/2011: prefix and number are each divisible by eleven, and a number is not all zeros.
    @Test(arguments: [
        ("19-2000145399/0800", true), ("2000145399/0800", true), ("13717-77628031/0710", true),
        ("19/0800", true), ("000000-1234567899/0800", true), ("1234567890/0800", false),
        ("13718-77628031/0710", false), ("0000000000/0800", false), ("5/0800", false),
        ("12345678990/0800", false), ("1234567-1234567899/0800", false), ("1234567899/800", false),
        ("1234567899", false), ("-1234567899/0800", false), ("１２３４５６７８９９/0800", false),
    ])
    func accounts(_ text: String, _ stands: Bool) { #expect((BankAccount(text) != nil) == stands) }

    private func some(_ text: String) -> String? { text.isEmpty ? nil : text }
}
