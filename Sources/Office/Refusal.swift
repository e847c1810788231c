import Database

/// A request turned down for a reason the person may be told.
package protocol Refusal: Error {
    var kind: RefusalKind { get }
    /// A stable slug for machines, such as `notice-too-short`.
    var code: String { get }
    /// A sentence that says what to do next.
    var czech: String { get }
    /// Sentences beside single fields, by the field's name.
    var fields: [String: String] { get }
}

extension Refusal {
    package var fields: [String: String] { [:] }
}

package enum RefusalKind: Sendable {
    case malformed, invalid, conflict, missing, forbidden, unauthenticated, busy, tooLarge, tooMany,
        unsupported, gone
}

/// A refusal that needs no type of its own.
package struct PlainRefusal: Refusal, Equatable {
    package let kind: RefusalKind
    package let code: String
    package let czech: String
    package var fields: [String: String]

    package init(_ kind: RefusalKind, _ code: String, _ czech: String, fields: [String: String] = [:]) {
        self.kind = kind
        self.code = code
        self.czech = czech
        self.fields = fields
    }
}

/// Runs `body`; where the database refused by the name of a constraint, throws the refusal meant by it.
package func refusing<Result>(
    _ constraints: [String: any Refusal],
    _ body: () async throws -> Result
) async throws -> Result {
    do {
        return try await body()
    } catch let error as ServerError {
        throw error.constraint.flatMap { constraints[$0] } ?? error
    }
}

// What any room may have to say.
extension PlainRefusal {
    package static let missing = PlainRefusal(
        .missing,
        "not-found",
        "Stránka tu není, nebo k ní nemáte přístup. Zkontrolujte adresu, nebo se vraťte na úvodní stránku."
    )
    package static let unauthenticated = PlainRefusal(
        .unauthenticated,
        "sign-in-needed",
        "Přihlaste se prosím a zkuste to znovu."
    )
    package static let busy = PlainRefusal(
        .busy,
        "busy",
        "Systém je právě zaneprázdněn. Nic se neztratilo, zkuste to prosím za několik vteřin znovu."
    )
    package static let full = PlainRefusal(
        .busy,
        "full",
        "Systém teď nemá kam ukládat, proto jsme nic nepřijali. Správce o tom ví; zkuste to prosím později."
    )
    package static let changedMeanwhile = PlainRefusal(
        .conflict,
        "changed-meanwhile",
        "Někdo mezitím záznam změnil. Načtěte stránku znovu a zkontrolujte, co platí."
    )
    package static let unknownOffice = PlainRefusal(
        .missing,
        "unknown-office",
        "Na této adrese žádný úřad není. Zkontrolujte prosím, jak je napsaná."
    )
    package static let officeBehind = PlainRefusal(
        .busy,
        "office-behind",
        "Tento úřad se právě aktualizuje. Zkuste to prosím za několik minut; nic se neztratilo."
    )
    package static let foreignForm = PlainRefusal(
        .forbidden,
        "foreign-form",
        "Formulář přišel z jiné stránky, proto jsme jej nepřijali. Otevřete jej prosím přímo zde a odešlete znovu."
    )
    package static let staleForm = PlainRefusal(
        .forbidden,
        "stale-form",
        "Platnost formuláře vypršela. Načtěte stránku znovu a odešlete jej ještě jednou."
    )
    package static let unsupportedType = PlainRefusal(
        .unsupported,
        "unsupported-type",
        "Data přišla v podobě, které nerozumíme. Pošlete je jako formulář, nebo jako JSON."
    )

    package static func unreadable(field: String?) -> PlainRefusal {
        guard let field else {
            return PlainRefusal(
                .malformed,
                "unreadable",
                "Zaslaným datům nerozumíme. Zkontrolujte je prosím a pošlete znovu."
            )
        }
        return PlainRefusal(
            .invalid,
            "unreadable-field",
            "Zkontrolujte prosím pole „\(field)“.",
            fields: [field: "Tuto hodnotu nelze přečíst, nebo chybí."]
        )
    }

    package static func tooLarge(bytesMax: Int) -> PlainRefusal {
        PlainRefusal(
            .tooLarge,
            "too-large",
            "Zaslaná data jsou příliš velká; nejvýše může jít o \(byteSize(bytesMax))."
        )
    }

    package static func tooManyFields(_ fieldsMax: Int) -> PlainRefusal {
        PlainRefusal(
            .tooLarge,
            "too-many-fields",
            "Formulář má příliš mnoho polí; nejvýše jich může být \(fieldsMax)."
        )
    }
}
