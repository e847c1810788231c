package import Database
import Office

/// Which office a request is for, decided by its host alone.
package struct Hosts: Sendable {
    /// `localhost` or the region's domain, without a port.
    package let domain: String
    package let scheme: String
    /// Shown in addresses when it is not the scheme's own.
    package let port: Int

    package init(domain: String, scheme: String, port: Int) {
        self.domain = domain
        self.scheme = scheme
        self.port = port
    }

    package enum Place: Sendable, Equatable {
        case region
        case office(slug: String)
        case unknown
    }

    /// Reads a `Host` header; letter case and a port do not matter, everything else must be exact.
    package func place(of authority: String?) -> Place {
        guard let authority, authority.utf8.count <= 255 else { return .unknown }
        let parts = authority.lowercased().split(
            separator: ":",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        // Whatever else stands behind the colon could make it another host in a browser's eyes.
        guard let name = parts.first, parts.count == 1 || Self.isPort(parts[1]) else { return .unknown }
        if name == domain || (domain == "localhost" && name == "127.0.0.1") { return .region }
        guard name.hasSuffix("." + domain) else { return .unknown }
        let slug = String(name.dropLast(domain.count + 1))
        let isSlug =
            !slug.isEmpty
            && slug.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
            }
        return isSlug ? .office(slug: slug) : .unknown
    }

    private static func isPort(_ text: Substring) -> Bool {
        (1...5).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    package var regionURL: String { "\(scheme)://\(domain)\(portSuffix)" }
    package func officeURL(_ slug: String) -> String { "\(scheme)://\(officeAuthority(slug))" }
    /// The office's host as browsers name it.
    package func officeAuthority(_ slug: String) -> String { "\(slug).\(domain)\(portSuffix)" }

    /// Every office's host, in the notation of a content security policy.
    var anyOfficeURL: String { officeURL("*") }

    /// What `Origin` must be for a request to this authority.
    package func origin(of authority: String) -> String { "\(scheme)://\(authority.lowercased())" }

    private var portSuffix: String {
        port == (scheme == "https" ? 443 : 80) ? "" : ":\(port)"
    }
}

/// An office that ePOM hosts, as a request needs it.
package struct HostedOffice: Sendable, Equatable {
    package let tenant: TenantName
    package let slug: String
    package let name: String
    /// The public body whose office it is: `Město Frýdlant`.
    package let body: String
    /// As its letters call it: `Městský úřad Frýdlant`.
    package let authority: String
    package let rooms: Set<String>
    package let state: State

    package enum State: String, Sendable, SQLCodable {
        case ready
        /// Its schema is older than this server: it answers 503 until the migrator has been there.
        case behind
    }

    package init(
        tenant: TenantName,
        slug: String,
        name: String,
        body: String? = nil,
        authority: String? = nil,
        rooms: Set<String>,
        state: State
    ) {
        self.tenant = tenant
        self.slug = slug
        self.name = name
        self.body = body ?? MunicipalStatus.village.body(name)
        self.authority = authority ?? MunicipalStatus.village.authority(name)
        self.rooms = rooms
        self.state = state
    }

    package func keeps(_ room: String) -> Bool { rooms.contains(room) }
}

/// Knows the hosted offices by their slugs; the region's own table is behind it.
package protocol OfficeDirectory: Sendable {
    func office(slug: String) async throws -> HostedOffice?
}
