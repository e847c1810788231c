import Database
import Files
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Records
import Sealing
import Web

/// How the office looks to people: its coat of arms and its colour.
extension OfficeDeskRoutes {
    /// A picture of a few hundred pixels is enough; every page of the office shows it.
    private static let armsBytesMax = 200 << 10

    var lookRoutes: [Route] {
        [
            .open(.get, "/znak/:digest", on: [.office], "Znak obce", arms).sending("image/png").sending(
                "image/jpeg"
            ),
            .needs(.manageOffice, .get, "/nastaveni/vzhled", "Vzhled stránek", lookPage)
                .showing(LookPage.self),
            .needs(
                .manageOffice,
                .post,
                "/nastaveni/vzhled",
                bodyMax: Limits.uploadBytesMax,
                "Uloží vzhled stránek",
                saveLook
            ).taking(LookForm.self),
        ]
    }

    private struct LookForm: Decodable {
        var accent: String?
        /// `on` takes the arms away.
        var withoutArms: String?
    }

    /// Only what the office shows now; its address is its digest, so that it may be kept for a year.
    @Sendable private func arms(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let wanted = visit.look.arms, wanted == (try visit.parameter("digest")),
            let digest = Digest(hex: wanted)
        else { throw PlainRefusal.missing }
        let owner = FileOwner.office(try visit.here.tenant)
        let bytes = try await files.bytes(owner: owner, digest: digest, bytesMax: Self.armsBytesMax)
        // Taken in as one of the two, by its content.
        let type = bytes.starts(with: [0x89]) ? MediaType.png : .jpeg
        return Response(
            status: .ok,
            headers: [
                .contentType: type.contentType, .cacheControl: "public, max-age=31536000, immutable",
                .contentSecurityPolicy: "default-src 'none'; sandbox",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    @Sendable private func lookPage(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await answer(nil, to: request, visit, clerk)
    }

    private func answer(
        _ refusal: PlainRefusal?,
        chosen: Accent? = nil,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let look = try await database.tenant(try visit.here.tenant, as: clerk.actor) { office in
            try await OfficeStore.look(in: office)
        }
        let page = LookPage(
            accents: Accent.allCases.map {
                Choice(value: $0.rawValue, name: $0.czech, isChosen: $0 == chosen ?? look.accent)
            },
            picture: look.arms.map { "/znak/\($0)" } ?? "",
            errors: FilingFault.of(refusal, at: "picture"),
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable private func saveLook(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let tenant = try visit.here.tenant
        let (form, picture, refusal) = try await read(request, for: tenant)
        let accent = form.accent.flatMap { Accent(rawValue: $0) }
        if let refusal {
            guard !request.prefersJSON else { throw refusal }
            return try await answer(refusal, chosen: accent, to: request, visit, clerk)
        }
        try await database.tenant(tenant, as: clerk.actor, needing: Permission.manageOffice.rawValue) {
            office in
            var look = try await OfficeStore.look(in: office)
            if let accent { look.accent = accent }
            if form.withoutArms != nil { look.arms = nil }
            if let picture { look.arms = picture.hex }
            OfficeStore.save(look, in: office)
        }
        wardrobe.forget(tenant)
        return done("Vzhled stránek je uložený.", "/nastaveni/vzhled")
    }

    /// The colour and, where one was sent, the picture in the office's store; or why it was not taken.
    private func read(_ request: Request, for tenant: TenantName) async throws
        -> (LookForm, Digest?, PlainRefusal?)
    {
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard type.hasPrefix("multipart/form-data") else {
            return (try await Input.decode(LookForm.self, from: request), nil, nil)
        }
        let multipart = try Multipart(request, bytesMax: Limits.uploadBytesMax, partsMax: 10)
        var form = LookForm()
        var picture: Digest?
        var refusal: PlainRefusal?
        while let part = try await multipart.next() {
            guard let name = part.fileName else {
                let text = String(decoding: try await part.collect(bytesMax: 1 << 10), as: UTF8.self)
                if part.name == "accent" { form.accent = text }
                if part.name == "withoutArms" { form.withoutArms = text }
                continue
            }
            guard !name.isEmpty else { continue }
            do {
                let owner = FileOwner.office(tenant)
                picture =
                    try await files.write(
                        owner: owner,
                        bytesMax: Self.armsBytesMax,
                        accepting: [.png, .jpeg],
                        part.body
                    ).digest
            } catch let refused as FileRefusal {
                refusal = Self.refusal(of: name, refused)
            }
        }
        return (form, picture, refusal)
    }

    private static func refusal(of name: String, _ refused: FileRefusal) -> PlainRefusal {
        let why =
            switch refused {
            // A picture is not split into parts, as a document would be.
            case .tooLarge:
                "Je větší než \(armsBytesMax >> 10) kB. Zmenšete ho; stačí několik set bodů na výšku."
            // It may hold scripts, and would run under the office's address.
            case .notAccepted(.svg, _): "\(refused.sentence) Uložte ho jako PNG."
            case .notAccepted(.unknown, _): "Není to obrázek, kterému rozumíme. Uložte ho jako PNG nebo JPEG."
            default: refused.sentence
            }
        let sentence = "Soubor „\(name)“ jako znak použít nelze. \(why)"
        return PlainRefusal(.invalid, "bad-arms", sentence, fields: ["picture": sentence])
    }
}
