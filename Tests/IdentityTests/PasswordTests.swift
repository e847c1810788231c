import Office
import Testing

@testable import Identity

/// NIST SP 800-63B, 5.1.1.2: what is guessed first is refused, and the person hears why.
@Suite struct `A password` {
    private func fault(_ password: String) -> PasswordFault? {
        PasswordRules.fault(of: password, email: "jana.novakova@bilypotok.cz", name: "Jana Nováková")
    }

    @Test(
        arguments: [
            ("krátké hes", nil), ("krátké he", .short), (String(repeating: "žluť ", count: 40), .repeated),
            (String(repeating: "a", count: 201), .long), ("aaaaaaaaaa", .repeated), ("ababababab", .repeated),
            ("1122112211", .repeated), ("hesloheslo", .repeated), ("hesloHESLOheslo", .repeated),
            ("abcdabcdab", .repeated), ("abcdefabcdef", .row), ("1234567890", .row), ("9876543210", .row),
            ("abcdefghijkl", .row), ("qwertzuiop", .row), ("Qwertyuiop1", .row), ("1qaz2wsx3edc", .row),
            ("123456789abc", .row), ("heslo12345", .common), ("Heslo-2026!", .common),
            ("Password123", .common),
            ("administrator", .common), ("123milacek456", .common), ("Obecní úřad 1", .common),
            ("jananovakova", .personal), ("Nováková1985", .personal), ("bilypotok12", .personal),
            ("jana.novakova@bilypotok.cz", .personal),
            ("modrý vůz jede domů", nil), ("zelený strom u potoka", nil), ("spravne heslo", nil),
            ("Jana peče koláče", nil), ("xK7#pQ2m!z", nil), ("ukazka-ukazka-1", nil),
        ] as [(String, PasswordFault?)]
    )
    func `is refused for what makes it easy to guess`(_ password: String, _ expected: PasswordFault?) {
        #expect(fault(password) == expected)
    }

    @Test(arguments: PasswordFault.allCases)
    func `hears why at its field`(_ fault: PasswordFault) {
        let refusal = IdentityRefusal.weakPassword(fault)
        #expect(refusal.fields == ["password": fault.czech] && refusal.kind == .invalid)
        #expect(fault.czech.hasPrefix("Heslo") || fault == .common)
    }
}

@Suite struct `A new account` {
    @Test func `is told everything that is wrong with it at once, in the order of the form`() {
        #expect(throws: IdentityRefusal.severalAtOnce([.badName, .badEmail, .weakPassword(.short)])) {
            try AccountRules.account(email: "neni", name: "J", password: "krátké")
        }
        #expect(throws: IdentityRefusal.badEmail) {
            try AccountRules.account(email: "neni", name: "Jana Malá", password: "spravne dlouhe heslo")
        }
        let fields = IdentityRefusal.severalAtOnce([.badName, .badEmail, .weakPassword(.short)]).fields
        #expect(Set(fields.keys) == ["name", "email", "password"])
    }
}
