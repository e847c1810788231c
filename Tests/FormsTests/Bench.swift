import Foundation
import Office

@testable import Forms

/// What the tests of forms share: the six templates, a small register of places, a day.
enum Bench {
    static let codes = [
        "informace-106", "kaceni-drevin", "obecne-podani", "odpad-ohlaseni", "pes-ohlaseni", "zavada",
    ]

    static let places = Places(
        municipalities: [
            .init(code: "514161", name: "Luka", district: "Česká Lípa", postcode: "47201"),
            .init(
                code: "563510",
                name: "Jablonec nad Nisou",
                district: "Jablonec nad Nisou",
                postcode: "46601"
            ),
            .init(code: "563757", name: "Pěnčín", district: "Jablonec nad Nisou", postcode: "46821"),
            .init(code: "564303", name: "Pěnčín", district: "Liberec", postcode: "46345"),
        ],
        parts: [
            .init(code: "88641", name: "Luka", postcode: "47201", municipality: "514161"),
            .init(code: "88650", name: "Týn", postcode: "47201", municipality: "514161"),
            .init(code: "55555", name: "Proseč nad Nisou", postcode: "46804", municipality: "563510"),
            .init(code: "66666", name: "Pěnčín", postcode: "46345", municipality: "564303"),
        ]
    )

    static func today() throws -> Day {
        guard let day = Day(year: 2026, month: 11, day: 23) else { throw CocoaError(.formatting) }
        return day
    }

    static func bytes(_ code: String, file: String = #filePath) throws -> [UInt8] {
        let root = URL(filePath: file).deletingLastPathComponent().appending(path: "../..").standardized
        return Array(
            try Data(contentsOf: root.appending(path: "TenantTemplates/municipality/forms/\(code).json"))
        )
    }

    static func form(_ code: String) throws -> FormDefinition { try FormDefinition(reading: bytes(code)) }

    static func validator(_ form: FormDefinition) throws -> FormValidator {
        FormValidator(definition: form, today: try today(), places: places)
    }

    /// A form of one section with the fields given as JSON.
    static func form(fields: String) throws -> FormDefinition {
        let json = """
            {"code":"zkouska","version":1,"title":"Zkouška","service":"zkouska","lead":"x","audience":"x",
            "bring":[],"duration":"x","fee":"x","counter":"x","confirmation":"none",
            "privacy":{"purpose":"x","law":"x","retention":"x","rights":"x"},
            "sections":[{"name":"a","title":"A","fields":[\(fields)]}]}
            """
        return try FormDefinition(reading: Array(json.utf8))
    }

    static func answers(_ pairs: [(String, String)]) throws -> FormAnswers {
        var answers = FormAnswers()
        for (name, value) in pairs { try answers.add(name, value) }
        return answers
    }

    static func faults(_ form: FormDefinition, _ pairs: [(String, String)]) throws -> [FieldFault] {
        switch try validator(form).judge(answers(pairs), files: []) {
        case .valid: []
        case .faults(let faults): faults
        }
    }

    static func valid(
        _ form: FormDefinition,
        _ pairs: [(String, String)],
        files: [StagedFile] = []
    ) throws -> ValidAnswers {
        switch try validator(form).judge(answers(pairs), files: files) {
        case .valid(let answers): return answers
        case .faults(let faults): throw Unexpected(faults: faults)
        }
    }

    struct Unexpected: Error { let faults: [FieldFault] }

    static let person: [(String, String)] = [
        ("osoba", "FO"), ("jmeno", "Jana"), ("prijmeni", "Nováková"), ("narozeni", "1970-03-31"),
        ("pobyt.obec", "Luka"), ("pobyt.cast", "Týn"), ("pobyt.ulice", "č. p. 12"),
    ]
}
