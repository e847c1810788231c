import Foundation
import Office
import Records

/// The office as its head edits it; the same names come back from the form.
struct OfficeForm: Codable, Sendable {
    var ico: String
    var street: String
    var place: String
    var postcode: String
    var hours: String
    var email: String
    var phone: String
    var dataBox: String
    var acceptedFormats: String
    var carriers: String
    var bankAccount: String
}

/// What is wrong, beside the field where it is.
struct OfficeFaults: Codable, Sendable {
    let hours: String
    let street: String
    let postcode: String
    let place: String
    let email: String
    let phone: String
    let dataBox: String
    let ico: String
    let bankAccount: String
    let acceptedFormats: String
    let carriers: String

    init(_ fields: [String: String]) {
        hours = fields["hours"] ?? ""
        street = fields["street"] ?? ""
        postcode = fields["postcode"] ?? ""
        place = fields["place"] ?? ""
        email = fields["email"] ?? ""
        phone = fields["phone"] ?? ""
        dataBox = fields["dataBox"] ?? ""
        ico = fields["ico"] ?? ""
        bankAccount = fields["bankAccount"] ?? ""
        acceptedFormats = fields["acceptedFormats"] ?? ""
        carriers = fields["carriers"] ?? ""
    }

    /// In the order of the page, each leading to its field.
    static func listed(_ refusal: (any Refusal)?) -> [FilingFault] {
        let fields = refusal?.fields ?? [:]
        let order = [
            "hours", "street", "postcode", "place", "email", "phone", "dataBox", "ico", "bankAccount",
            "acceptedFormats", "carriers",
        ]
        return order.compactMap { name in
            fields[name].map { FilingFault(field: name == "email" ? "office-email" : name, sentence: $0) }
        }
    }
}

extension OfficeForm {
    init(_ profile: OfficeProfile) {
        self.init(
            ico: profile.ico ?? "",
            street: profile.street,
            place: profile.place,
            postcode: profile.postcode.asPostcode,
            hours: profile.hours,
            email: profile.email,
            phone: profile.phone,
            dataBox: profile.dataBox,
            acceptedFormats: profile.acceptedFormats,
            carriers: profile.carriers,
            bankAccount: profile.bankAccount
        )
    }

    func apply(to profile: inout OfficeProfile) {
        profile.ico = ico.isEmpty ? nil : ico
        profile.street = street
        profile.place = place
        profile.postcode = postcode
        profile.hours = hours
        profile.email = email
        profile.phone = phone
        profile.dataBox = dataBox
        profile.acceptedFormats = acceptedFormats
        profile.carriers = carriers
        profile.bankAccount = bankAccount
    }

    private static let phonesMax = 3

    /// The form as it is kept, and everything that cannot be published, by the name of its field.
    ///
    /// What is not told yet may stay empty; whether the bank is known is for the office's transaction to say.
    func checked() -> (form: OfficeForm, faults: [String: String]) {
        var form = self
        var faults: [String: String] = [:]
        /// `text` is what the field asks for, as a sentence begins with it.
        func trim(
            _ path: WritableKeyPath<OfficeForm, String>,
            _ name: String,
            _ text: String,
            _ longest: Int
        ) {
            form[keyPath: path] = self[keyPath: path].trimmingCharacters(in: .whitespacesAndNewlines)
            if form[keyPath: path].unicodeScalars.count > longest {
                faults[name] = "\(text): vejde se sem nejvýše \(longest) znaků. Zkraťte prosím text."
            }
        }
        func read(
            _ path: WritableKeyPath<OfficeForm, String>,
            _ name: String,
            _ advice: String,
            _ normal: (String) -> String?
        ) {
            let text = self[keyPath: path].trimmingCharacters(in: .whitespacesAndNewlines)
            form[keyPath: path] = text
            guard !text.isEmpty else { return }
            if let kept = normal(text) { form[keyPath: path] = kept } else { faults[name] = advice }
        }
        trim(\.hours, "hours", "Úřední hodiny", 1000)
        trim(\.street, "street", "Ulice a číslo", 120)
        trim(\.place, "place", "Obec", 120)
        trim(\.acceptedFormats, "acceptedFormats", "Přijímané formáty", 1000)
        trim(\.carriers, "carriers", "Přijímané nosiče dat", 1000)
        read(\.postcode, "postcode", "PSČ má pět číslic, například 463\u{A0}62.", Particulars.postcode)
        read(\.email, "email", "E-mail má tvar podatelna@obec.cz, bez mezer a diakritiky.", Particulars.email)
        read(
            \.phone,
            "phone",
            "Telefon má devět číslic, zahraniční i předvolbu, například +49. Více čísel oddělte čárkou, nejvýše tři."
        ) { text in
            let numbers = text.split(separator: ",", omittingEmptySubsequences: false)
                .map { Particulars.phone($0.trimmingCharacters(in: .whitespaces)) }
            guard numbers.count <= Self.phonesMax, !numbers.contains(nil) else { return nil }
            return numbers.compactMap { $0?.asPhone }.joined(separator: ", ")
        }
        read(
            \.dataBox,
            "dataBox",
            "Identifikátor datové schránky má sedm znaků, písmena a číslice bez 0, 1, l a o.",
            Particulars.dataBox
        )
        read(
            \.ico,
            "ico",
            "IČO má osm číslic a poslední z nich je kontrolní; tohle není platné.",
            Particulars.companyNumber
        )
        read(
            \.bankAccount,
            "bankAccount",
            "Číslo účtu má tvar 123456789/0100, případně s předčíslím a pomlčkou. Tohle nevychází: zkontrolujte číslice."
        ) { BankAccount($0)?.text }
        return (form, faults)
    }

    /// A code that the national bank's list of that day lacks; money for the office would go astray.
    static func unknownBank(_ code: String, asOf day: Day) -> String {
        "Kód banky \(code) seznam České národní banky nemá (stav k \(day.czechShort)). Zkontrolujte čtyři číslice za lomítkem."
    }

    static func refusal(_ faults: [String: String]) -> PlainRefusal {
        PlainRefusal(
            .invalid,
            "office-details",
            "Údaje úřadu nejsou uložené, opravte prosím označená pole.",
            fields: faults
        )
    }
}
