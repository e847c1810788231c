import CCurl
import Foundation
package import Sealing
import Workshop

/// Where another system takes deliveries.
package struct WebhookAddress: Sendable, Hashable, CustomStringConvertible {
    package let text: String
    /// In small letters, of IPv6 without its brackets.
    let host: String
    package var description: String { text }

    /// `https://…`; `http://…` only to this machine, unless `plainAllowed` says that the network is trusted.
    ///
    /// Nil for another scheme, a user name in the address, a fragment, an escaped host, or more than 2 000
    /// characters.
    package init?(_ text: String, plainAllowed: Bool = false) {
        let isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://"), text.utf8.count <= 2000,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
        else { return nil }
        let authority = text.dropFirst(isSecure ? 8 : 7).prefix { $0 != "/" && $0 != "?" }
        let host =
            authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        guard !host.isEmpty, !authority.contains("@"), !authority.contains("\\"), !host.contains("%") else {
            return nil
        }
        let isHere = ["localhost", "127.0.0.1", "[::1]"].contains(host) || host.hasSuffix(".localhost")
        guard isSecure || isHere || plainAllowed else { return nil }
        self.text = text
        self.host = String(host).lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]."))
    }
}

/// What the other system answered, whatever its status.
package struct WebhookAnswer: Sendable, Equatable {
    package let status: Int
    package let contentType: String?
    /// How long the other system asks us to wait; 0 when it does not say.
    package let retryAfterSeconds: Int
    package let body: [UInt8]

    package init(status: Int, contentType: String?, retryAfterSeconds: Int = 0, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.retryAfterSeconds = retryAfterSeconds
        self.body = body
    }
}

/// No answer came that could be used; all of these may pass, so the delivery is tried again.
package enum WebhookFailure: Error, Equatable {
    case unreachable(String)
    case timedOut
    /// The certificate is not valid for the address, or the other side does not speak TLS.
    case untrusted(String)
    case answerTooLarge(bytesMax: Int)
    /// Too many deliveries wait in this process.
    case busy
    /// The address leads to this machine or to a private network.
    case forbiddenNetwork
    /// A header or a delivery's name has characters that may not be sent: a programming fault.
    case malformed

    /// A clause for the region's desk.
    package var czech: String {
        switch self {
        case .unreachable(let reason):
            reason.contains("resolve") ? "její adresa v síti není k nalezení" : "nelze se s ní spojit"
        case .timedOut: "neodpověděla včas"
        case .untrusted(let reason): "neprokázala se platným certifikátem (\(reason))"
        case .answerTooLarge(let bytesMax): "odpověděla více než \(bytesMax) bajty"
        case .busy: "právě odesíláme příliš mnoho podání jiným"
        case .forbiddenNetwork:
            "její adresa vede na tento server nebo do soukromé sítě, a tam podání neposíláme"
        case .malformed: "požadavek se nepodařilo sestavit"
        }
    }
}

/// Posts JSON to other systems: TLS verified, no redirects, bounded in time and size.
package final class WebhookClient: Sendable {
    package struct Limits: Sendable {
        package var connectSeconds = 5.0
        package var totalSeconds = 30.0
        package var answerBytesMax = 256 << 10
        package init() {}
    }

    private let limits: Limits
    private let network: NetworkPolicy
    private let trustedCertificates: String?
    private let crew: Crew

    /// `trustedCertificates` names a file of certificates to trust in place of the system's.
    package init(
        limits: Limits = Limits(),
        network: NetworkPolicy = .local,
        trustedCertificates: String? = nil,
        threads: Int = 4
    ) {
        self.limits = limits
        self.network = network
        self.trustedCertificates = trustedCertificates
        crew = Crew(name: "webhooks", threads: threads, waitingMax: 256)
    }

    /// Sends a delivery under its signature; see ``WebhookSignature``.
    ///
    /// `delivery` stays the same when the delivery is tried again, `secondsNow` is the time of this try.
    /// Throws ``WebhookFailure``.
    package func deliver(
        to address: WebhookAddress,
        delivery: String,
        body: [UInt8],
        key: HMACKey,
        secondsNow: Int
    ) async throws -> WebhookAnswer {
        let signature = WebhookSignature.header(
            body: body,
            timestamp: secondsNow,
            delivery: delivery,
            key: key
        )
        guard let signature else { throw WebhookFailure.malformed }
        let headers = [
            (WebhookSignature.timestampHeader, "\(secondsNow)"), (WebhookSignature.deliveryHeader, delivery),
            (WebhookSignature.signatureHeader, signature),
        ]
        return try await post(to: address, body: body, headers: headers)
    }

    /// Posts JSON with further header fields; throws ``WebhookFailure``.
    package func post(
        to address: WebhookAddress,
        body: [UInt8],
        headers: [(name: String, value: String)] = []
    ) async throws -> WebhookAnswer {
        guard headers.allSatisfy({ Self.isSafe($0.name) && Self.isSafe($0.value) }) else {
            throw WebhookFailure.malformed
        }
        // libcurl would wait for "100 Continue" before a longer body.
        let lines =
            ["Content-Type: application/json", "Accept: application/json", "User-Agent: ePOM", "Expect:"]
            + headers.map { "\($0.name): \($0.value)" }
        do {
            return try await crew.run { [limits, network, trustedCertificates] in
                let transfer = try Transfer(
                    address.text,
                    protocols: "http,https",
                    connectSeconds: limits.connectSeconds,
                    totalSeconds: limits.totalSeconds
                )
                try transfer.restrict(to: network)
                if let trustedCertificates { try transfer.set(CURLOPT_CAINFO, trustedCertificates) }
                try transfer.set(CURLOPT_HTTPHEADER, lines)
                try transfer.post(body)
                let answer = try transfer.perform(answerBytesMax: limits.answerBytesMax)
                return WebhookAnswer(
                    status: answer.status,
                    contentType: answer.contentType,
                    retryAfterSeconds: answer.retryAfterSeconds,
                    body: answer.body
                )
            }
        } catch is Crew.Busy {
            throw WebhookFailure.busy
        } catch let failure as TransferFailure {
            if failure.isForbidden { throw WebhookFailure.forbiddenNetwork }
            if failure.isTooLarge { throw WebhookFailure.answerTooLarge(bytesMax: limits.answerBytesMax) }
            if failure.isTimeout { throw WebhookFailure.timedOut }
            if failure.isTrust { throw WebhookFailure.untrusted("\(failure)") }
            throw WebhookFailure.unreachable("\(failure)")
        }
    }

    /// Visible ASCII and spaces only.
    private static func isSafe(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }
}

/// What an answer means for a delivery.
package enum WebhookVerdict: Sendable, Equatable {
    /// Registered there under this number.
    case accepted(reference: String)
    /// For good: the other system says that it will not take this delivery.
    case refused(reason: String)
    /// A server in trouble, or one that answers what nobody agreed on.
    case later(afterSeconds: Int)

    /// `{"reference": "…"}` with 2xx; 400, 403, 404, 409, 410, 413, 415 and 422 refuse; everything else passes.
    ///
    /// A redirect is never followed. 401 is our key's matter, 408 and 429 ask for patience.
    package init(_ answer: WebhookAnswer) {
        struct Body: Decodable {
            var reference: String?
            var reason: String?
        }
        let body = try? JSONDecoder().decode(Body.self, from: Data(answer.body))
        switch answer.status {
        case 200...299:
            let reference = body?.reference?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
            let isGood = (1...100).contains(reference.count) && !reference.contains(where: \.isNewline)
            self = isGood ? .accepted(reference: reference) : .later(afterSeconds: answer.retryAfterSeconds)
        case 400, 403, 404, 409, 410, 413, 415, 422:
            self = .refused(reason: String((body?.reason ?? "\(answer.status)").prefix(500)))
        default: self = .later(afterSeconds: answer.retryAfterSeconds)
        }
    }
}
