import Foundation
import Office

/// Why a password would be guessed soon; it is said, as NIST SP 800-63B, 5.1.1.2, asks.
///
/// There is no rule about kinds of characters: the same guideline advises against them.
enum PasswordFault: Sendable, Equatable, CaseIterable {
    case short, long, repeated, row, personal, common

    var czech: String {
        switch self {
        case .short:
            "Heslo musí mít aspoň \(PasswordRules.shortest) znaků. Hodí se několik slov za sebou."
        case .long: "Heslo může mít nejvýše \(PasswordRules.longest) znaků."
        case .repeated:
            "Heslo opakuje stále totéž, a tak ho jde snadno uhodnout. Zvolte třeba několik různých slov."
        case .row:
            "Heslo je řada číslic, písmen abecedy nebo kláves za sebou. Takové se zkoušejí první; zvolte třeba několik slov."
        case .personal:
            "Heslo tvoří hlavně vaše jméno nebo e-mail, a ty zná kdekdo. Zvolte něco, co s vámi nikdo nespojí."
        case .common:
            "Takové heslo má mnoho lidí a zkouší se jako první. Zvolte jiné, třeba několik slov za sebou."
        }
    }
}

enum PasswordRules {
    static let shortest = 10
    static let longest = 200
    /// What is left of a password without the words that are known of the person has to be a little of its own.
    private static let ownShortest = 6
    private static let differentFewest = 4
    private static let unitLongest = 5
    private static let runShortest = 3
    private static let runsMost = 3

    /// Nil for one that will do; `email` and `name` are the person's own.
    static func fault(of password: String, email: String, name: String) -> PasswordFault? {
        guard password.count >= shortest else { return .short }
        guard password.count <= longest else { return .long }
        let plain = folded(password)
        let letters = plain.filter { $0.isLetter || $0.isNumber }
        if repeats(Array(plain)) { return .repeated }
        if isRow(letters) { return .row }
        if isCommon(letters) { return .common }
        if isPersonal(letters, email: email, name: name) { return .personal }
        return nil
    }

    /// `aaaaaaaaaa`, `ababababab`, `hesloheslo`.
    private static func repeats(_ characters: [Character]) -> Bool {
        if Set(characters).count < differentFewest { return true }
        return (1...unitLongest).contains { unit in
            characters.indices.dropFirst(unit).allSatisfy { characters[$0] == characters[$0 - unit] }
        }
    }

    /// `1234567890`, `9876543210`, `abcdefghijk`, `qwertzuiop`, also a few such rows after one another.
    private static func isRow(_ text: String) -> Bool {
        guard text.count >= shortest else { return false }
        var rest = text[...]
        var runs = 0
        while rest.count >= runShortest, runs < runsMost {
            let longest = rows.map { row in
                (runShortest...rest.count).last { row.contains(rest.prefix($0)) } ?? 0
            }.max()
            guard let longest, longest > 0 else { return false }
            rest = rest.dropFirst(longest)
            runs += 1
        }
        return rest.count < runShortest
    }

    /// Keyboards are read along their rows and slantwise, here and abroad.
    private static let rows: [String] = {
        let forward = [
            "01234567890123", "abcdefghijklmnopqrstuvwxyz", "qwertzuiopasdfghjklyxcvbnm",
            "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6zhn7ujm", "1qay2wsx3edc4rfv5tgb6zhn7ujm",
        ]
        return forward + forward.map { String($0.reversed()) }
    }()

    /// One of the most used, with whatever digits around it.
    private static func isCommon(_ text: String) -> Bool {
        var word = text[...]
        while word.last?.isNumber == true { word.removeLast() }
        while word.first?.isNumber == true { word.removeFirst() }
        return commonPasswords.contains(text) || commonPasswords.contains(String(word))
    }

    private static func isPersonal(_ text: String, email: String, name: String) -> Bool {
        let words = (folded(email) + " " + folded(name)).split { !($0.isLetter || $0.isNumber) }
            .filter { $0.count >= 3 }.sorted { $0.count > $1.count }
        var rest = text
        for word in words { rest = rest.replacing(word, with: "") }
        return rest.count < text.count && rest.count < ownShortest
    }

    /// What the published lists of leaked passwords have in front, in Czech and in English, and what an office's
    /// people would think of first; folded, without the digits around.
    private static let commonPasswords: Set<String> = [
        "administrator", "adminadmin", "ahoj", "ahojahoj", "ahojky", "asdfgh", "asdfghjkl", "babicka",
        "baseball", "batman", "beruska", "bohemians", "brouk", "ceskarepublika", "cesko", "changeme",
        "charlie", "chelsea", "cokolada", "computer", "default", "dragon", "epom", "epomepom", "facebook",
        "football", "fotbal", "google", "heslicko", "heslo", "heslojeheslo", "hesloheslo", "hokej",
        "iloveyou",
        "internet", "jahoda", "kocicka", "kolobezka", "krajskyurad", "letmein", "liberec", "libereckykraj",
        "lokomotiva", "love", "master", "matrix", "mestskyurad", "michael", "milacek", "miluju", "milujute",
        "miluji", "milujite", "minecraft", "mojeheslo", "monkey", "motorka", "mustang", "nbusr",
        "neznam", "nevim", "novak", "novyheslo", "noveheslo", "obec", "obecniurad", "password",
        "passwordpassword", "pejsek", "pepicek", "pokemon", "princess", "princezna", "qazwsx", "qwer",
        "qwerty",
        "qwertyuiop", "qwertz", "qwertzuiop", "secret", "samsung", "shadow", "slavia", "slunicko", "snoopy",
        "sparta", "starosta", "starostka", "starwars", "sunshine", "superman", "tajneheslo", "tajny",
        "tajnyheslo", "tajemnik", "test", "testtest", "testovani", "trustno", "ucetni", "urad", "uradobce",
        "veverka", "virtualniurad", "vitejte", "volejbal", "welcome", "whatever", "zmenheslo", "zmenmi",
        "zmente", "zmentemi",
    ]
}
