package import Sealing

/// Proof that a form was made by us, for this session or this browser, on this host.
package struct FormTokens: Sendable {
    private let key: HMACKey

    package init(key: HMACKey) { self.key = key }

    package func token(host: String, binding: [UInt8]) -> String {
        Base64URL.text(hmacSHA256(key, Self.bytes(host: host, binding: binding)).bytes)
    }

    func accepts(_ token: String, host: String, binding: [UInt8]) -> Bool {
        equalInConstantTime(token, self.token(host: host, binding: binding))
    }

    private static func bytes(host: String, binding: [UInt8]) -> [UInt8] {
        Array("form-token:\(host.lowercased()):".utf8) + binding
    }
}
