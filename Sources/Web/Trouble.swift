import Database
import Files
package import HTTPTypes
import Hummingbird
import Logging
import NIOCore
package import Office

/// What a caller is told when something was refused or failed: a page, or a problem document (RFC 9457).
struct Trouble: Sendable {
    let status: HTTPResponse.Status
    let code: String
    let czech: String
    var fields: [String: String] = [:]
    var retryAfterSeconds: Int?
    /// What the address may be asked by, where it was asked by something else.
    var allowed: String?

    /// Unknown errors become a plain 500, whose cause goes to the log only.
    static func of(_ error: any Error, logger: Logger) -> Trouble {
        switch error {
        case let refusal as any Refusal:
            return Trouble(refusal)
        case let refused as ServerError where refused.constraint == "clerk_permission":
            return Trouble(PlainRefusal.missing)
        case let refused as ServerError where refused.isFull:
            logger.error("Postgres has no room", metadata: ["state": "\(refused.sqlState)"])
            return Trouble(PlainRefusal.full)
        case let refused as ServerError where refused.isPassingTrouble:
            logger.warning("statement gave up", metadata: ["state": "\(refused.sqlState)"])
            return Trouble(PlainRefusal.busy)
        case DatabaseError.conflict:
            return Trouble(PlainRefusal.changedMeanwhile)
        case DatabaseError.unknownTenant:
            return Trouble(PlainRefusal.missing)
        case let failure as DatabaseError:
            logger.warning("database", metadata: ["why": "\(failure)"])
            return Trouble(PlainRefusal.busy)
        case is StoreFull:
            logger.error("the disk is full")
            return Trouble(PlainRefusal.full)
        case is StoreBusy:
            return Trouble(PlainRefusal.busy)
        case is ClientGone:
            // Nobody reads it; the number is what proxies and metrics call a client that has gone.
            return Trouble(status: .init(code: 499, reasonPhrase: "Client Gone"))
        case let wrong as WrongMethod:
            var trouble = Trouble(status: .methodNotAllowed)
            trouble.allowed = wrong.header
            return trouble
        case let failure as Astray.Stopped:
            return Trouble(status: failure.status)
        case let failure as any HTTPResponseError:
            return Trouble(status: failure.status)
        default:
            logger.error("unexpected", metadata: ["error": "\(error)"])
            return Trouble(status: .internalServerError)
        }
    }

    init(_ refusal: any Refusal) {
        status = refusal.kind.status
        code = refusal.code
        czech = refusal.czech
        fields = refusal.fields
        retryAfterSeconds = refusal.kind == .busy ? 5 : refusal.kind == .tooMany ? 900 : nil
    }

    init(status: HTTPResponse.Status) {
        self.status = status
        code = "http-\(status.code)"
        czech =
            switch status.code {
            case 404: PlainRefusal.missing.czech
            case 405: "Touto metodou se na této adrese ptát nelze. Které tu platí, říká hlavička Allow."
            case 413: "Zaslaná data jsou příliš velká."
            case 431:
                "Prohlížeč poslal příliš dlouhou hlavičku nebo adresu. Zkraťte prosím, co hledáte; nepomůže-li to, "
                    + "smažte cookies této stránky."
            case 408: "Odesílání trvalo příliš dlouho. Zkuste to prosím znovu."
            case 500...:
                "Něco se na naší straně pokazilo. Nic se neztratilo; zkuste to prosím za chvíli znovu."
            default: "Požadavku nerozumíme. Zkontrolujte jej prosím a pošlete znovu."
            }
    }

    func problem(path: String) throws -> Response {
        var response = try Response.json(
            ProblemDocument(
                type: "urn:epom:problem:\(code)",
                title: czech,
                status: status.code,
                instance: path,
                fields: fields.isEmpty ? nil : fields
            ),
            status: status,
            type: "application/problem+json; charset=utf-8"
        )
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        decorate(&response)
        return response
    }

    /// `back` is where a form came from, which opened again has a token of its own.
    func page(back: String? = nil) -> TroublePage {
        TroublePage(
            title: status.heading,
            sentence: status == .contentTooLarge ? "\(czech) \(Self.wayBack)" : czech,
            code: status.code,
            canRetry: status == .serviceUnavailable,
            back: code == PlainRefusal.staleForm.code ? back : nil,
            isMissing: status == .notFound,
            fields: fields.sorted { $0.key < $1.key }.map(\.value).filter { $0 != czech },
            hasFields: fields.values.contains { $0 != czech }
        )
    }

    /// For people; a program knows what it sent.
    private static let wayBack =
        "Vraťte se v prohlížeči zpět: co jste napsali, tam najdete. Zkraťte to, nebo přiložte menší soubory."

    func decorate(_ response: inout Response) {
        if let retryAfterSeconds { response.headers[.retryAfter] = String(retryAfterSeconds) }
        if let allowed { response.headers[.allow] = allowed }
    }
}

/// RFC 9457; `title` is the Czech sentence that says what to do.
struct ProblemDocument: Codable, SelfDescribing {
    static let czechFields = [
        "type": "Strojové jméno důvodu: urn:epom:problem: a kód.",
        "title": "Věta pro člověka: co se stalo a co s tím.",
        "status": "Stav HTTP.", "instance": "Cesta, na kterou se volalo.",
        "fields": "Věty k jednotlivým polím, podle jejich jmen.",
    ]
    let type: String
    let title: String
    let status: Int
    let instance: String
    let fields: [String: String]?
}

struct TroublePage: Page {
    static let template = "error"
    let title: String
    let sentence: String
    let code: Int
    let canRetry: Bool
    let back: String?
    /// Nothing is at this address: searching may help.
    let isMissing: Bool
    /// Sentences about single fields, where the page could not be shown with them.
    let fields: [String]
    let hasFields: Bool
}

/// A few sentences and where to go next.
package struct MessagePage: Page {
    package static let template = "message"
    package let title: String
    package let sentences: [String]
    package let link: String?
    package let linkText: String

    package init(title: String, sentences: [String], link: String? = nil, linkText: String = "Pokračovat") {
        (self.title, self.sentences, self.link, self.linkText) = (title, sentences, link, linkText)
    }
}

extension HTTPResponse.Status {
    var heading: String {
        switch code {
        case 401: "Nejdřív se prosím přihlaste"
        case 403: "Tohle tady udělat nelze"
        case 404: "Tady nic není"
        case 405: "Takhle se tu ptát nelze"
        case 409: "Někdo byl rychlejší"
        case 410: "Už to tu není"
        case 408: "Trvalo to příliš dlouho"
        case 413, 431: "Příliš mnoho dat"
        case 415: "Tomuto formátu nerozumíme"
        case 422: "Ještě je třeba něco opravit"
        case 429: "Příliš mnoho pokusů"
        case 503: "Úřad je teď zaneprázdněn"
        case 500...: "Omlouváme se"
        default: "Nerozumíme požadavku"
        }
    }
}

extension RefusalKind {
    package var status: HTTPResponse.Status {
        switch self {
        case .invalid: .unprocessableContent
        case .conflict: .conflict
        case .missing: .notFound
        case .forbidden: .forbidden
        case .unauthenticated: .unauthorized
        case .busy: .serviceUnavailable
        case .tooLarge: .contentTooLarge
        case .unsupported: .unsupportedMediaType
        case .gone: .gone
        case .tooMany: .tooManyRequests
        case .malformed: .badRequest
        }
    }
}
