import Database
import Files
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Sealing
import Web

// What comes to the office by hand, with its scans, and what the stamp says of it.

extension FilingRoutes {
    static let channels: [Channel] = [.paper, .inPerson, .spoken, .email, .dataBox]
    private static let scanBytesMax = 20 << 20
    private static let scansMax = 20

    var mailRoutes: [Route] {
        func add(_ path: String, _ summary: String, _ answer: @escaping Route.ClerkHandler) -> Route {
            .needs(
                .registerMail,
                .post,
                path,
                room: Self.room,
                bodyMax: Limits.uploadBytesMax,
                summary,
                answer
            )
        }
        func show(_ path: String, _ summary: String, _ answer: @escaping Route.ClerkHandler) -> Route {
            .needs(.registerMail, .get, path, room: Self.room, summary, answer)
        }
        let meaning = Parameter.query("vyznam", "Čím doručené je, třeba odpovědí na výzvu.")
        return [
            show("/spisovna/novy", "Zápis doručeného", newMail).asking(meaning)
                .showing(NewMailPage.self),
            add("/spisovna/novy", "Zapíše doručené", addMail).taking(MailForm.self),
            show("/spisovna/spis/:id/pridat", "Zápis doručeného do spisu", newMail).asking(meaning)
                .showing(NewMailPage.self),
            add("/spisovna/spis/:id/pridat", "Zapíše doručené do spisu", addMail).taking(MailForm.self),
            show("/spisovna/dokument/:id", "Evidenční karta dokumentu", card)
                .asking(.query("overit", "Soubor, jehož otisk se má ověřit."))
                .showing(DocumentPage.self),
            show("/spisovna/dokument/:id/razitko", "Podací razítko k vytištění", stamp)
                .showing(StampPage.self),
        ]
    }

    // Entering

    @Sendable private func newMail(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        var form = MailForm()
        form.meaning = try Input.query("vyznam", of: request)
        return try await answer(form, nil, to: request, visit, clerk)
    }

    /// The case file that the address names, if it does.
    private func target(_ visit: Visit, _ clerk: Clerk) async throws -> (file: CaseFile, first: Document?)? {
        guard visit.parameters.get("id") != nil else { return nil }
        let id = try visit.identifier("id")
        return try await registry.database.tenant(try visit.here.tenant, as: clerk.actor) { office in
            guard let file = try await FilingStore.caseFile(id, in: office), clerk.sees(file.regime) else {
                throw PlainRefusal.missing
            }
            return (file, try await FilingStore.documents(of: id, in: office).first)
        }
    }

    private func answer(
        _ form: MailForm,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let target = try await target(visit, clerk)
        let page = NewMailPage(
            form,
            target: target,
            catalogue: catalogue,
            visit: visit,
            mayReopen: clerk.may(.handleCases),
            refusal: refusal
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable private func addMail(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let tenant = try visit.here.tenant
        let (form, fileRefused) = try await read(request, for: tenant)
        let target = try await target(visit, clerk)
        do {
            var refused = [fileRefused].compactMap { $0 }
            var files: [AttachedFile] = []
            do {
                files = try await kept(form.kept ?? [], at: tenant)
            } catch let lost as FilingRefusal {
                refused.append(lost)
            }
            let entry = try form.entry(
                into: target?.first,
                regime: target?.file.regime,
                services: catalogue.services,
                files: files,
                now: visit.now,
                also: refused
            )
            let registered: Registry.Registered
            if let target {
                registered = try await registry.add(
                    entry,
                    to: target.file.id,
                    meaning: form.added,
                    at: tenant,
                    by: clerk,
                    now: visit.now
                )
            } else {
                registered = try await registry.enter(entry, at: tenant, by: clerk, now: visit.now)
            }
            return entered(registered, isSeen: clerk.sees(entry.regime))
        } catch let refusal as FilingRefusal where !request.prefersJSON {
            return try await answer(form, refusal, to: request, visit, clerk)
        }
    }

    private func entered(_ registered: Registry.Registered, isSeen: Bool) -> Response {
        let sentence = "Zapsáno pod č. j. \(registered.reference)."
        if isSeen { return done(sentence, registered.caseFile) }
        var response = Response.seeOther("/spisovna")
        response.flash(sentence, cookies)
        return response
    }

    /// The fields, with the scans stored; those of a refused form come back by their digests.
    private func read(_ request: Request, for tenant: TenantName) async throws -> (MailForm, FilingRefusal?) {
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard type.hasPrefix("multipart/form-data") else {
            return (try await Input.decode(MailForm.self, from: request), nil)
        }
        let multipart = try Multipart(request, bytesMax: Limits.uploadBytesMax)
        var pairs: [Input.Pair] = []
        var refused: [String] = []
        var scans = 0
        while let part = try await multipart.next() {
            guard let name = part.fileName else {
                let bytes = try await part.collect(bytesMax: 16 << 10)
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw PlainRefusal.unreadable(field: part.name)
                }
                pairs.append(Input.Pair(name: part.name, value: text))
                continue
            }
            guard !name.isEmpty else { continue }
            scans += 1
            guard scans <= Self.scansMax else { throw PlainRefusal.tooManyFields(Self.scansMax) }
            do {
                let stored = try await registry.files.write(
                    owner: .office(tenant),
                    bytesMax: Self.scanBytesMax,
                    part.body
                )
                let clean = FileName(cleaning: name, type: stored.type)
                // A name that says another type than the content is somebody's mistake, or a trick.
                if let claimed = Self.claimed(by: name), claimed != stored.type,
                    !stored.type.extensions.contains(Self.ending(of: name))
                {
                    refused.append(
                        "Soubor „\(name)“ jsme nepřidali. Podle názvu je to \(claimed.label), podle obsahu \(stored.type.label). Vyberte ten správný, nebo ho pojmenujte podle obsahu."
                    )
                    continue
                }
                let file = "\(stored.digest.hex)|\(stored.type.contentType)|\(stored.byteCount)|\(clean)"
                pairs.append(Input.Pair(name: "kept", value: file))
            } catch let refusal as FileRefusal {
                refused.append("Soubor „\(name)“ jsme nepřidali. \(refusal.sentence)")
            }
        }
        let refusal: FilingRefusal? = refused.isEmpty ? nil : .refusedFiles(refused)
        return (try Input.decode(MailForm.self, from: pairs), refusal)
    }

    private static func ending(of name: String) -> String {
        name.split(separator: ".").dropFirst().last.map { $0.lowercased() } ?? ""
    }

    /// The type that the ending of a name stands for; nil for one that stands for none.
    private static func claimed(by name: String) -> Files.MediaType? {
        let ending = ending(of: name)
        return Files.MediaType.allCases.first { $0.extensions.contains(ending) }
    }

    /// Protects them anew against the collector; what is not in the office's store is not taken.
    private func kept(_ lines: [String], at tenant: TenantName) async throws -> [AttachedFile] {
        var files: [AttachedFile] = []
        for line in lines.prefix(Self.scansMax) {
            guard let scan = MailForm.Scan(line), let digest = Digest(hex: scan.digest) else {
                throw FilingRefusal.badFiles
            }
            let bytes: Int
            do {
                bytes = try await registry.files.hold(owner: .office(tenant), digest: digest)
            } catch is FileMissing {
                throw FilingRefusal.badFiles
            }
            files.append(
                AttachedFile(digest: scan.digest, name: scan.name, mediaType: scan.mediaType, bytes: bytes)
            )
        }
        return files
    }

    // A document as it is registered

    @Sendable private func card(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let office = try visit.here
        let (document, file, components) = try await document(visit, clerk)
        var verdicts: [String: Bool] = [:]
        let wanted = try Input.query("overit", of: request)
        if let component = components.first(where: { $0.file.digest == wanted }),
            let digest = Digest(hex: component.file.digest)
        {
            do {
                let body = try await registry.files.read(owner: .office(office.tenant), digest: digest)
                for try await _ in body {}
                verdicts[wanted] = true
            } catch is FileDamaged {
                verdicts[wanted] = false
            } catch is FileMissing {
                verdicts[wanted] = false
            }
        }
        let page = DocumentPage(document, of: file, components, verdicts: verdicts)
        return try pages.answer(page, to: request, visit)
    }

    @Sendable private func stamp(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        let (document, file, components) = try await document(visit, clerk)
        guard document.isIncoming else { throw PlainRefusal.missing }
        let page = StampPage(
            document,
            mark: file.mark,
            office: try visit.here.body,
            digital: components.count
        )
        return try pages.answer(page, to: request, visit)
    }

    private func document(_ visit: Visit, _ clerk: Clerk) async throws -> (Document, CaseFile, [Component]) {
        let id = try visit.identifier("id")
        return try await registry.database.tenant(try visit.here.tenant, as: clerk.actor) { office in
            guard let document = try await FilingStore.document(id, in: office),
                let file = try await FilingStore.caseFile(document.caseFileID, in: office),
                clerk.sees(file.regime)
            else { throw PlainRefusal.missing }
            return (document, file, try await FilingStore.components(of: [id], in: office))
        }
    }
}
