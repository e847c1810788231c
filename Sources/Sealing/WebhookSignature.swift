/// The signature under which offices exchange deliveries over HTTP.
///
/// The sender sends `X-Epom-Timestamp` (seconds since 1970), `X-Epom-Delivery` (1–100 of A–Z a–z 0–9 . _ -) and
/// `X-Epom-Signature: v1=` + HMAC-SHA-256 in hexadecimal digits of
/// `v1:` + timestamp + `:` + delivery + `:` + body.
package enum WebhookSignature {
    package static let timestampHeader = "X-Epom-Timestamp"
    package static let deliveryHeader = "X-Epom-Delivery"
    package static let signatureHeader = "X-Epom-Signature"

    /// How far the sender's clock may be from ours, either way.
    package static let windowSeconds = 300

    package enum Refusal: String, Error, Sendable {
        case malformed
        case outsideWindow
        case wrongSignature
    }

    /// The value of `X-Epom-Signature`; nil when the delivery's name is not allowed.
    package static func header(
        body: [UInt8],
        timestamp: Int,
        delivery: String,
        key: HMACKey
    ) -> String? {
        guard timestamp >= 0, isAllowed(delivery: delivery) else { return nil }
        return "v1=\(mac(body: body, timestamp: timestamp, delivery: delivery, key: key).hex)"
    }

    /// Checks a request as it came; returns the delivery's name, which the receiver takes in once.
    ///
    /// Throws ``Refusal``. There may be two keys while one replaces the other.
    @discardableResult
    package static func verify(
        body: [UInt8],
        timestamp: String,
        delivery: String,
        signature: String,
        keys: [HMACKey],
        secondsNow: Int
    ) throws(Refusal) -> String {
        guard let seconds = seconds(timestamp), isAllowed(delivery: delivery), signature.hasPrefix("v1="),
            let claimed = Digest(hex: signature.dropFirst(3))
        else { throw .malformed }
        guard abs(secondsNow - seconds) <= windowSeconds else { throw .outsideWindow }
        var fits = false
        for key in keys {
            let expected = mac(body: body, timestamp: seconds, delivery: delivery, key: key)
            fits = expected == claimed || fits
        }
        guard fits else { throw .wrongSignature }
        return delivery
    }

    private static func mac(body: [UInt8], timestamp: Int, delivery: String, key: HMACKey) -> Digest {
        hmacSHA256(key, Array("v1:\(timestamp):\(delivery):".utf8) + body)
    }

    /// Digits only, without a leading zero, so that what is signed is what was sent.
    private static func seconds(_ text: String) -> Int? {
        guard (1...12).contains(text.utf8.count), let seconds = Int(text), String(seconds) == text,
            seconds >= 0
        else { return nil }
        return seconds
    }

    private static func isAllowed(delivery: String) -> Bool {
        (1...100).contains(delivery.utf8.count)
            && delivery.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
    }
}
