package import Database
import Foundation
import HTTPTypes
import Hummingbird
package import Messages
import NIOCore
import Office
package import Post
package import Region
import Sealing
package import Web

/// Connecting the filing system of an office's own: its address, its key, on and off.
package struct ConnectionRoutes: Sendable {
    private let database: Database
    private let book: OfficeBook
    private let pages: Pages
    private let cookies: CookieJar
    private let bell: Bell
    /// The same by which deliveries go out.
    private let network: NetworkPolicy
    private let manual: ByteBuffer

    package init(
        database: Database,
        book: OfficeBook,
        pages: Pages,
        cookies: CookieJar,
        bell: Bell,
        network: NetworkPolicy,
        manual: [UInt8]
    ) {
        self.network = network
        self.manual = ByteBuffer(bytes: manual)
        self.database = database
        self.book = book
        self.pages = pages
        self.cookies = cookies
        self.bell = bell
    }

    package var routes: [Route] {
        [
            .administrator(.get, "/kraj/obce/:code/napojeni", "Napojení vlastní spisové služby", show)
                .showing(ConnectionPage.self),
            .administrator(.post, "/kraj/obce/:code/napojeni", "Nastaví napojení", change),
            .administrator(.post, "/kraj/obce/:code/klic", "Vydá nový klíč napojení", renewKey),
            .open(
                .get,
                "/dokumentace/webhook",
                on: [.region],
                "Popis napojení pro dodavatele (anglicky)",
                describe
            ).sending("text/plain"),
        ]
    }

    private func registered(_ visit: Visit) throws -> RegisteredOffice {
        guard let office = book.register.office(code: try visit.parameter("code")),
            book.register.hosted[office.tenant]?.keeps(Room.filingRoom.rawValue) != true
        else { throw PlainRefusal.missing }
        return office
    }

    @Sendable private func show(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        try await answer(try registered(visit), to: request, visit)
    }

    private func answer(
        _ office: RegisteredOffice,
        key: HMACKey? = nil,
        typed: String? = nil,
        refusal: (any Refusal)? = nil,
        to request: Request,
        _ visit: Visit
    ) async throws -> Response {
        let known = try await database.region {
            try await SubmissionStore.connection(of: office.tenant, in: $0)
        }
        return try pages.answer(
            ConnectionPage(
                title: "Napojení: \(office.name)",
                office: office.name,
                code: office.code,
                tenant: office.tenant.rawValue,
                address: typed ?? known?.address ?? "",
                isKnown: known != nil,
                isOn: known?.isOn ?? false,
                key: key?.text,
                manual: "\(pages.hosts.regionURL)/dokumentace/webhook",
                statusAddress: "\(pages.hosts.regionURL)/api/submissions/{id}/status",
                allowsThisMachine: network != .open,
                errors: refusal.map { [TrackingFault(field: "address", sentence: $0.czech)] } ?? [],
                hasErrors: refusal != nil,
                addressError: refusal?.czech
            ),
            to: request,
            visit,
            status: refusal?.kind.status ?? .ok
        )
    }

    @Sendable private func change(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        struct Form: Decodable {
            var address: String
            /// `yes`, or left out while it is off.
            var isOn: String?
        }
        let office = try registered(visit)
        let form = try await Input.decode(Form.self, from: request)
        let typed = form.address.trimmingCharacters(in: .whitespacesAndNewlines)
        let address: WebhookAddress
        do throws(SubmissionRefusal) {
            address = try read(typed)
        } catch {
            if request.prefersJSON { throw error }
            return try await answer(office, typed: typed, refusal: error, to: request, visit)
        }
        // The key is shown once, when it is made.
        let key = HMACKey.random()
        let wasThere = try await database.region(as: visitor.actor) { region in
            let wasThere = try await SubmissionStore.connect(
                office.tenant,
                address: address.text,
                isOn: form.isOn == "yes",
                in: region
            )
            if !wasThere {
                SubmissionStore.setWebhook(
                    of: office.tenant,
                    address: address.text,
                    key: key.text,
                    in: region
                )
            }
            OutboxStore.replayAll(to: office.tenant, in: region)
            return wasThere
        }
        bell.ring()
        guard wasThere else { return try await answer(office, key: key, to: request, visit) }
        var response = Response.seeOther("/kraj/obce/\(office.code)/napojeni")
        response.flash("Napojení je uložené. Co čeká, zkoušíme doručit.", cookies)
        return response
    }

    /// In earnest only `https`; the network behind a name is judged again at each delivery.
    private func read(_ typed: String) throws(SubmissionRefusal) -> WebhookAddress {
        guard let address = WebhookAddress(typed),
            pages.hosts.scheme == "http" || address.text.hasPrefix("https://")
        else { throw .badAddress }
        guard network.allows(address) else { throw .privateAddress }
        return address
    }

    /// The suppliers' own document: they have no account here.
    @Sendable private func describe(_ request: Request, _ visit: Visit) async throws -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: manual)
        )
    }

    @Sendable private func renewKey(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let office = try registered(visit)
        let key = HMACKey.random()
        try await database.region(as: visitor.actor) { region in
            guard let known = try await SubmissionStore.connection(of: office.tenant, in: region) else {
                throw PlainRefusal.missing
            }
            SubmissionStore.setWebhook(of: office.tenant, address: known.address, key: key.text, in: region)
        }
        return try await answer(office, key: key, to: request, visit)
    }
}

struct ConnectionPage: Page {
    static let template = "connection"
    let title: String
    let office: String
    let code: String
    let tenant: String
    let address: String
    let isKnown: Bool
    let isOn: Bool
    /// Shown once, right after it was made.
    let key: String?
    /// Where suppliers read how to connect.
    let manual: String
    let statusAddress: String
    /// On localhost: the demo's foreign systems run beside it.
    let allowsThisMachine: Bool
    let errors: [TrackingFault]
    let hasErrors: Bool
    let addressError: String?
}
