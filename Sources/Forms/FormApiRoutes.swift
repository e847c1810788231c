import Database
package import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
package import Office
import Sealing
package import Web

/// The same for programs.
extension FormRoutes {
    static let code = Parameter.path("code", "Kód formuláře, jak jej vypíše GET /api/forms.")
    static let key = Parameter.header(
        "Idempotency-Key",
        "Klíč podání, 128 náhodných bitů jako 22 znaků base64url; opakování s týmž klíčem nepodá nic znovu."
    )

    struct Listed: Codable {
        let code: String
        let title: String
        let service: String
        let version: Int
        let digest: String
    }

    static let answers = Schema.described(
        .map(.anything),
        """
        Odpovědi podle jmen polí formuláře; která to jsou, říká jeho definice (GET na téže adrese) a druh pole: \
        text, longText: text. choice: value jedné z options. choices: pole těchto hodnot. consent: true. \
        integer: celé číslo. decimal: číslo. date: RRRR-MM-DD. group: pole objektů s odpověďmi na pole řádku. \
        place: objekt {"obec", "cast", "psc", "ulice", "jinde"}, nebo totéž pod jmény POLE.obec až POLE.jinde: obec je \
        kód RÚIAN obce z GET /api/offices kraje, nebo její název; cast kód RÚIAN části obce, nebo její název (má-li \
        obec jedinou část, může chybět); psc je nepovinné; ulice je ulice a číslo, povinná, má-li place address: \
        true; jinde je adresa mimo kraj slovy místo ostatních, má-li place elsewhere: true. Soubory (files) takto \
        poslat nelze.
        """
    )

    struct HandedIn: Codable, SelfDescribing {
        static let czechFields = [
            "code": "Kód podání pro sledování.", "secret": "Heslo podání; ukáže se jen zde.",
            "status": "Cesta k potvrzení a stavu podání na tomto hostiteli.",
        ]
        let code: String
        let secret: String
        let status: String
    }

    @Sendable func apiList(_ request: Request, _ visit: Visit) async throws -> Response {
        let tenant = try visit.here.tenant
        var forms: [Listed] = []
        for line in try await shelf.lines(of: tenant, at: visit.now) where line.isOn {
            let form = try await shelf.definition(line.digest, of: tenant)
            forms.append(
                Listed(
                    code: line.code,
                    title: form.title,
                    service: form.service,
                    version: line.version,
                    digest: line.digest.hex
                )
            )
        }
        return try Response.json(forms)
    }

    @Sendable func apiDefinition(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await offered(visit)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json; charset=utf-8", .eTag: "\"\(form.digest.hex)\"",
                .cacheControl: "no-cache",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try form.definition.canonical))
        )
    }

    /// The body is an object of answers; `Idempotency-Key` is 22 letters of base64url (128 bits).
    ///
    /// Answers 202 with the address of the receipt, or 422 with a problem that names each field.
    @Sendable func apiHandIn(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await offered(visit)
        guard let name = HTTPField.Name(Self.key.name), let key = DraftKey(request.headers[name] ?? "") else {
            throw PlainRefusal(
                .invalid,
                "idempotency-key",
                "Hlavička Idempotency-Key musí mít 22 znaků base64url (128 bitů).",
                fields: [Self.key.name: Self.key.czech]
            )
        }
        let body = try await Input.json(of: request)
        let receipt = try await handIn(
            Array(body.readableBytesView),
            into: form,
            key: key,
            at: try visit.here,
            by: visit.visitor?.userID,
            today: visit.today
        )
        var response = try Response.json(
            HandedIn(code: receipt.code, secret: receipt.secret, status: receipt.path),
            status: .accepted
        )
        response.headers[.location] = receipt.path
        return response
    }

    /// Hands in answers for somebody who has no browser; the same judge as for pages.
    package func handIn(
        json: String,
        form code: String,
        key: [UInt8],
        at office: HostedOffice,
        by user: UUID?,
        now: Date
    ) async throws -> FilingReceipt {
        guard let key = DraftKey(bytes: key) else { throw PlainRefusal.unreadable(field: "key") }
        let form = try await shelf.form(code, of: office.tenant, at: now)
        return try await handIn(
            Array(json.utf8),
            into: form,
            key: key,
            at: office,
            by: user,
            today: Day(of: now)
        )
    }

    private func handIn(
        _ json: [UInt8],
        into form: OfferedForm,
        key: DraftKey,
        at office: HostedOffice,
        by user: UUID?,
        today: Day
    ) async throws -> FilingReceipt {
        let answers: FormAnswers
        do throws(AnswersRefusal) {
            answers = try FormAnswers(json: json)
        } catch {
            throw PlainRefusal(.malformed, "answers-unreadable", error.czech)
        }
        let judge = FormValidator(definition: form.definition, today: today, places: places())
        switch judge.judge(answers, files: []) {
        case .faults(let faults):
            throw PlainRefusal(
                .invalid,
                "answers-invalid",
                "Některé odpovědi je třeba opravit.",
                fields: Dictionary(
                    faults.map { ($0.name, $0.czech) },
                    uniquingKeysWith: { first, _ in first }
                )
            )
        case .valid(let valid):
            return try await intake.handIn(
                valid,
                of: form,
                key: key,
                host: office.tenant,
                officeName: office.authority,
                user: user,
                today: today
            )
        }
    }
}
