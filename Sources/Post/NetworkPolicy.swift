import CCurl
import Foundation

/// Which networks an address may lead to, judged after its name was resolved.
///
/// An administrator types the address of another office's system; it must not open what only this machine or its
/// neighbours can reach (Postgres' host, a cloud's metadata), also when a name leads there.
package enum NetworkPolicy: Sendable {
    /// The public internet only.
    case open
    /// Also this machine: ePOM on `localhost`.
    case local
    /// Also private networks: the operator says that offices are reached there.
    case any

    /// `octets` are 4 of IPv4 or 16 of IPv6.
    package func allows(_ octets: [UInt8]) -> Bool {
        switch self {
        case .any: true
        case .local: Self.isLoopback(octets) || Self.isPublic(octets)
        case .open: Self.isPublic(octets)
        }
    }

    /// What can be said before anything is sent: a name is judged by what it leads to at that time, an address and
    /// a name of this machine at once, however they are written.
    package func allows(_ address: WebhookAddress) -> Bool {
        if address.host == "localhost" || address.host.hasSuffix(".localhost") {
            return allows([127, 0, 0, 1])
        }
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        var found: UnsafeMutablePointer<addrinfo>?
        // Reads `127.1`, `0x7f.1` and `2130706433` as libcurl would.
        guard getaddrinfo(address.host, nil, &hints, &found) == 0 else { return true }
        defer { freeaddrinfo(found) }
        guard let socket = found?.pointee.ai_addr else { return false }
        return allows(socket)
    }

    /// IPv4 addresses that travel as IPv6 are judged as IPv4.
    private static func mapped(_ octets: [UInt8]) -> [UInt8]? {
        guard octets.count == 16 else { return nil }
        let head = octets.prefix(12)
        let isMapped = head == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        // RFC 6052: 64:ff9b::/96.
        let isTranslated = head == [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        return isMapped || isTranslated ? Array(octets.suffix(4)) : nil
    }

    private static func isLoopback(_ octets: [UInt8]) -> Bool {
        if let inner = mapped(octets) { return isLoopback(inner) }
        return octets.count == 4 ? octets[0] == 127 : octets == Array(repeating: 0, count: 15) + [1]
    }

    // The registries of special-purpose addresses (RFC 6890 and its successors).
    private static func isPublic(_ octets: [UInt8]) -> Bool {
        if let inner = mapped(octets) { return isPublic(inner) }
        switch octets.count {
        case 4:
            switch (octets[0], octets[1], octets[2]) {
            case (0, _, _), (10, _, _), (127, _, _), (100, 64...127, _), (169, 254, _), (172, 16...31, _),
                (192, 168, _), (192, 0, 0), (192, 0, 2), (198, 18...19, _), (198, 51, 100), (203, 0, 113),
                (224..., _, _):
                return false
            default: return true
            }
        case 16:
            // Only 2000::/3 is given out; of that neither documentation, Teredo nor 6to4.
            let isGlobal = octets[0] & 0xE0 == 0x20
            let isDocumentation = octets.prefix(4) == [0x20, 0x01, 0x0D, 0xB8]
            let isTunnel = octets.prefix(4) == [0x20, 0x01, 0, 0] || octets.prefix(2) == [0x20, 0x02]
            return isGlobal && !isDocumentation && !isTunnel
        default: return false
        }
    }

    func allows(_ address: UnsafePointer<sockaddr>) -> Bool {
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { inner in
                allows(withUnsafeBytes(of: inner.pointee.sin_addr) { Array($0) })
            }
        case AF_INET6:
            address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { inner in
                allows(withUnsafeBytes(of: inner.pointee.sin6_addr) { Array($0) })
            }
        default: false
        }
    }
}
