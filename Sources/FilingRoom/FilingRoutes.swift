import Database
import Files
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
package import Office
import Records
import Sealing
package import Web

/// The register and its case files, for the people of the office.
package struct FilingRoutes: Sendable {
    let registry: Registry
    let pages: Pages
    let cookies: CookieJar
    let catalogue: any OfficeCatalogue

    package init(
        registry: Registry,
        pages: Pages,
        cookies: CookieJar,
        catalogue: any OfficeCatalogue
    ) {
        self.registry = registry
        self.pages = pages
        self.cookies = cookies
        self.catalogue = catalogue
    }

    static let room = "FilingRoom"

    package var routes: [Route] {
        registerRoutes + mailRoutes + caseRoutes + letterRoutes + dispatchRoutes + historyRoutes + [
            .needs(.registerMail, .get, "/spisovna/spis/:id", room: Self.room, "Spis", caseFile),
            .needs(
                .registerMail,
                .get,
                "/spisovna/soubor/:document/:digest",
                room: Self.room,
                "Soubor dokumentu",
                file
            ),
        ]
    }

    /// An act on a case file or on a document of one.
    static func act(_ path: String, _ summary: String, _ answer: @escaping Route.ClerkHandler) -> Route {
        .needs(.handleCases, .post, path, room: room, summary, answer)
    }

    // One case file

    @Sendable private func caseFile(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await answer(try visit.identifier("id"), nil, to: request, visit, clerk)
    }

    func answer(
        _ id: UUID,
        _ refusal: (any Refusal)?,
        of document: UUID? = nil,
        typed: [String: String] = [:],
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let office = try visit.here
        let content = try await registry.database.tenant(office.tenant, as: clerk.actor) { tenant in
            guard let file = try await FilingStore.caseFile(id, in: tenant), clerk.sees(file.regime) else {
                throw PlainRefusal.missing
            }
            // Who looked into a tax file must be known (§ 7.4 of the national standard).
            if file.regime == .tax, refusal == nil { tenant.record(LogEntry("viewed", "case file", id)) }
            let documents = try await FilingStore.documents(of: id, in: tenant)
            var history = try await LogStore.lines(about: id, in: tenant)
            for document in documents { history += try await LogStore.lines(about: document.id, in: tenant) }
            history.removeAll { $0.act == "viewed" }
            return CaseContent(
                file: file,
                documents: documents,
                components: try await FilingStore.components(of: documents.map(\.id), in: tenant),
                history: history.sorted { $0.number < $1.number },
                people: try await ClerkStore.all(in: tenant),
                plan: try await FilingPlanStore.plan(in: tenant),
                postings: try await PostingStore.postings(of: id, in: tenant),
                draft: try await LetterStore.draft(of: id, in: tenant)?.kind,
                fee: try await fee(of: file, in: tenant),
                clerk: clerk,
                today: visit.today
            )
        }
        let refused = refusal.map { refusal in
            Refused(
                act: request.uri.path.split(separator: "/").last.map(String.init) ?? "",
                document: document,
                typed: typed,
                refusal: refusal
            )
        }
        let page = CasePage(content, office, refused)
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    private func fee(of file: CaseFile, in tenant: TenantTransaction) async throws -> FeeState? {
        guard let id = file.feeID else { return nil }
        return try await registry.books?.fee(id, in: tenant)
    }

    /// Does the act and goes back to the case file; a refusal is shown there, with what was `typed`.
    func then(
        _ sentence: String,
        typed form: some Encodable = [String: String](),
        _ request: Request,
        _ visit: Visit,
        _ clerk: Clerk,
        _ body: (UUID, HostedOffice) async throws -> Void
    ) async throws -> Response {
        let id = try visit.identifier("id")
        do {
            try await body(id, try visit.here)
        } catch let refusal as FilingRefusal where !request.prefersJSON {
            let typed = try Refused.fields(of: form)
            return try await answer(id, refusal, typed: typed, to: request, visit, clerk)
        }
        return done(sentence, id)
    }

    func done(_ sentence: String, _ caseFile: UUID) -> Response {
        var response = Response.seeOther("/spisovna/spis/\(caseFile.uuidString.lowercased())")
        response.flash(sentence, cookies)
        return response
    }

    // Files

    /// Only digests that the document of this very office names; others are not there.
    @Sendable private func file(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let tenant = try visit.here.tenant
        let documentID = try visit.identifier("document")
        let wanted = try visit.parameter("digest")
        let component = try await registry.database.tenant(tenant, as: clerk.actor) { office in
            guard let document = try await FilingStore.document(documentID, in: office),
                !document.isSecret || clerk.may(.handleFees)
            else { throw PlainRefusal.missing }
            return try await FilingStore.components(of: [documentID], in: office).first {
                $0.file.digest == wanted
            }
        }
        guard let component, let digest = Digest(hex: component.file.digest) else {
            throw PlainRefusal.missing
        }
        if component.file.mediaType == "text/html" {
            let bytes = try await registry.files.bytes(
                owner: .office(tenant),
                digest: digest,
                bytesMax: 4 << 20
            )
            return Response.keptDocument(bytes)
        }
        let body = try await registry.files.read(owner: .office(tenant), digest: digest)
        return Response.file(body, component.file)
    }
}
